import { readFileSync } from 'node:fs'
import Handlebars from 'handlebars'

// Two levels up is the package's root, from src/mail and from dist/mail alike; tsc does not copy templates.
const FOLDER = new URL('../../templates/mail/', import.meta.url)

/** What a dark screen recolours (every HTML mail has it in its head), and pieces that stand twice in a digest. */
for (const name of ['dark-style', 'digest-standing', 'told-people'])
  Handlebars.registerPartial(name, readFileSync(new URL(`${name}.hbs`, FOLDER), 'utf8'))

/** What no line of HTML may part: a number and what it counts, a telephone number, a day with its weekday and what is to be by then. */
const WHOLE =
  /\(红色 \d+ 件\)|\(电话 [\d-]+\)|\d+ (?:个工作日|件)|(?:本应 )?(?:\d{4}年)?\d{1,2}月\d{1,2}日(?: 周.| \d{2}:\d{2})?(?:到期|办完|答复)?/g
Handlebars.registerHelper(
  'unbroken',
  (text: string) =>
    new Handlebars.SafeString(
      Handlebars.escapeExpression(text)
        .replace(WHOLE, '<span style="white-space:nowrap">$&</span>')
        // Between a comma and a number no line would break by itself, so that a narrow screen would cut the sentence.
        .replace(/([,;])<span/g, '$1<wbr><span'),
    ),
)

/**
 * Compiles `templates/mail/<name>`. A field that the view lacks is an error, not a gap in the mail. HTML
 * templates escape every field; text templates have nothing to escape.
 */
export function template<View>(name: `${string}.html.hbs` | `${string}.text.hbs`): (view: View) => string {
  const source = readFileSync(new URL(name, FOLDER), 'utf8')
  return Handlebars.compile<View>(source, { strict: true, noEscape: name.endsWith('.text.hbs') })
}
