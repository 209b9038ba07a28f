const LINE = /^(?:【[^】]+】)?[▲◔○] (.+?) · (.+?)(?: → .*)?$/
const ITEM = /^ {4}· (.+?) {2}http/
const DAY = /(?:\d{4}年)?\d{1,2}月\d{1,2}日/
const MOVED = /\(原限时为 [^)]+\)/g

/**
 * One sentence for each thing that stands in a mail with two days, read from the mail alone. What follows from a warning bears its
 * number and is another thing by its label, and so is an answer to a request about it.
 */
export function twoDaysFaults(text: string): string[] {
  const days = new Map<string, Set<string>>()
  const add = (words: string, day: string) => {
    const key = words.replace(MOVED, '').split(' ').sort().join(' ')
    days.set(key, new Set([...(days.get(key) ?? []), day]))
  }
  let line = { what: '', day: '' }
  for (const row of text.replaceAll('\r\n', '\n').split('\n')) {
    const [, clock = '', what = ''] = LINE.exec(row) ?? []
    const [item] = ITEM.exec(row)?.slice(1) ?? []
    const counted = / \d+ ?件$/.test(what)
    if (what !== '')
      line = { what: counted ? what.replace(/ \d+ ?件$/, '') : '', day: DAY.exec(clock)?.[0] ?? '' }
    else if (row.startsWith('—— ')) line = { what: '', day: '' }
    if (what !== '' && !counted && line.day !== '') add(what, line.day)
    if (item !== undefined && line.what !== '' && line.day !== '') add(`${line.what} ${item}`, line.day)
  }
  return [...days]
    .filter(([, all]) => all.size > 1)
    .map(([what, all]) => `信中“${what}”有两个限时:${[...all].sort().join('、')}`)
}
