const LINE = /^(?:【[^】]+】)?[▲◔○] (.+?) · (.+?)(?: → .*)?$/
const LINK = /^ {4}(http\S+)$/
const ITEM = /^ {4}· (.+?) {2}(http\S+)$/
const DAY = /(?:\d{4}年)?\d{1,2}月\d{1,2}日/g
const MOVED = /\(原限时为 [^)]+\)/g
const COUNTED = / \d+ ?件$/
/** What of a thing a label is about, where it is not the work as it first stood. */
const STAGE = /\((?:延期申请|移交|重办|复核|暂停)\)$/
/** Where how things stand begins: there each thing has its own day behind its name. */
const STANDING = '—— 现状'

type Line = { what: string; label: string; day: string; isCounted: boolean }
type Thing = Pick<Line, 'what' | 'label' | 'day'>

/**
 * One sentence for each thing that stands in a mail with two days, and for each single one without a link, read from the mail alone.
 * A thing is known by its link and by what its label has in brackets: what follows from a warning and bears its number has a link of
 * its own, and an answer to a request about it stands in brackets. Not read are days without such a link: those of the subject, of the
 * headings (明天到期, 最早……), of the sentences of how things stand, and those of 更正和变动.
 * @param offices the names that a line may begin with
 */
export function twoDaysFaults(text: string, offices: ReadonlySet<string>): string[] {
  const things = new Map<string, { what: string; days: Set<string> }>()
  const add = ({ what, label, day }: Thing, url: string) => {
    // A list is of several things.
    if (day === '' || url.includes('?')) return
    const key = `${STAGE.exec(label)?.[0] ?? ''} ${url}`
    const known = things.get(key) ?? { what, days: new Set() }
    things.set(key, { ...known, days: known.days.add(day) })
  }
  const unlinked: string[] = []
  let line = null as Line | null
  let isStanding = false
  for (const row of text.replaceAll('\r\n', '\n').replaceAll(MOVED, '').split('\n')) {
    const [, link] = LINK.exec(row) ?? []
    const [, thing = '', url] = ITEM.exec(row) ?? []
    if (line && !line.isCounted) {
      if (link === undefined) unlinked.push(line.what)
      else add(line, link)
    }
    if (url !== undefined && isStanding)
      add({ what: thing, label: labelIn(thing, offices), day: dayIn(thing) }, url)
    else if (url !== undefined && line) add({ ...line, what: `${line.label} ${thing}` }, url)
    if (row.startsWith('—— ')) isStanding = row.startsWith(STANDING)
    line = lineIn(row, offices) ?? (line?.isCounted && row.startsWith('    ') ? line : null)
  }
  return [
    ...unlinked.map((what) => `信中“${what}”没有链接`),
    ...[...things.values()]
      .filter(({ days }) => days.size > 1)
      .map(({ what, days }) => `信中“${what}”有两个限时:${[...days].sort().join('、')}`),
  ]
}

function lineIn(row: string, offices: ReadonlySet<string>): Line | null {
  const [, clock, what] = LINE.exec(row) ?? []
  if (clock === undefined || what === undefined) return null
  return { what, label: labelIn(what, offices), day: dayIn(clock), isCounted: COUNTED.test(what) }
}

/** The first word that is no office. */
function labelIn(words: string, offices: ReadonlySet<string>): string {
  return words.split(' ').find((word) => !offices.has(word)) ?? ''
}

/** The last one: a title before it may have a day in it. */
function dayIn(words: string): string {
  return words.match(DAY)?.at(-1) ?? ''
}
