import { readFileSync } from 'node:fs'
import Handlebars from 'handlebars'

// Two levels up is the package's root, from src/mail and from dist/mail alike; tsc does not copy templates.
const FOLDER = new URL('../../templates/mail/', import.meta.url)

/** What a dark screen recolours; every HTML mail has it in its head. */
Handlebars.registerPartial('dark-style', readFileSync(new URL('dark-style.hbs', FOLDER), 'utf8'))

/**
 * Compiles `templates/mail/<name>`. A field that the view lacks is an error, not a gap in the mail. HTML
 * templates escape every field; text templates have nothing to escape.
 */
export function template<View>(name: `${string}.html.hbs` | `${string}.text.hbs`): (view: View) => string {
  const source = readFileSync(new URL(name, FOLDER), 'utf8')
  return Handlebars.compile<View>(source, { strict: true, noEscape: name.endsWith('.text.hbs') })
}
