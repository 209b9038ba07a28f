import { isUtf8ReadAsGbk } from './misread.ts'
import { refused } from './refusals.ts'

/** Windows-1252 has these signs where Latin-1 has control characters, and leaves five of them. */
const SIGNS = [...'€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ']
const BYTES = new Map(SIGNS.map((sign, i) => [sign, String.fromCharCode(0x80 + i)]))
const BETWEEN_HAN = /[^\p{Script=Han}]+/u
const LOST = '\ufffd'
const FOREIGN = /[^\x20-\x7e\s]/
/** Fewer cells may be names of foreigners. */
const FEWEST = 3

/** How a text was read wrongly: with the encoding that it is in. */
export type Misreading = 'gb18030' | 'utf-8' | 'utf-8-as-gbk'

/** A common character in UTF-8, and a character of GB2312. */
const IN_UTF8 = /[\xe4-\xe9][\x80-\xbf]{2}/g
const IN_GB2312 = /[\xa1-\xf7][\xa1-\xfe]/g

/** How a cell was read wrongly; null for one that may be as it was meant. Some of its bytes may be lost. */
export function misreadingOf(cell: string): Misreading | null {
  if (cell.split(BETWEEN_HAN).some(isUtf8ReadAsGbk)) return 'utf-8-as-gbk'
  const bytes = Array.from(cell, (char) => BYTES.get(char) ?? char)
  const high = bytes.filter((char) => FOREIGN.test(char))
  if (high.length < 2 || high.some((char) => char > '\xff' && char !== LOST)) return null
  const share = (form: RegExp) => (bytes.join('').match(form) ?? []).join('').length / high.length
  if (share(IN_UTF8) >= 0.5) return 'utf-8'
  return share(IN_GB2312) >= 0.8 ? 'gb18030' : null
}

/** @throws FileRefused where most cells beyond ASCII were read with another encoding than their own */
export function refuseMisread(rows: readonly { cells: readonly string[] }[]): void {
  const cells = rows.flatMap((row) => row.cells).filter((cell) => FOREIGN.test(cell))
  const ways = cells.flatMap((cell) => misreadingOf(cell) ?? [])
  if (ways.length < FEWEST || ways.length * 2 <= cells.length) return
  const count = (way: Misreading) => ways.filter((each) => each === way).length
  const [most] = WAYS.toSorted((a, b) => count(b) - count(a))
  throw refused('misread', most && WORDS[most])
}

const WORDS: Record<Misreading, string> = {
  gb18030: '这个文件本来是 GB18030(GBK)编码,被当作西文(Latin-1)读过',
  'utf-8': '这个文件本来是 UTF-8 编码,被当作西文(Latin-1)读过',
  'utf-8-as-gbk': '这个文件本来是 UTF-8 编码,被当作 GBK 读过',
}
const WAYS = Object.keys(WORDS) as Misreading[]
