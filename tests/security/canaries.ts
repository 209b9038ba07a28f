import { COLUMNS } from '../../src/ledgers/columns.ts'
import { checkDigit } from '../../src/ledgers/id-number.ts'
import { CAUSE_LABELS, LEVEL_LABELS } from '../../src/domain/obligation/vocabulary.ts'

/**
 * Households nobody could mistake: names, villages and notes begin with one word, identity numbers and telephones with one
 * row of digits. No ciphertext holds one of these by chance: even as hex, ten digits are 1 in 10¹².
 */
export const CANARY = { name: '金丝雀', idNo: '6199991993', phone: '0999887766' }

const FIRST = 0x4e00
const LETTERS = 20_000
/** Anything that goes through all of them in an order that looks like none. */
const STEP = 7_919

export type Canary = { externalId: string; name: string; idNo: string; phone: string; note: string }

/** The nth; no two of the first ten thousand share a name or an identity number. */
export function canary(n: number): Canary {
  const letters = [n * STEP, n * STEP * 3 + 1, n].map((k) => String.fromCodePoint(FIRST + (k % LETTERS)))
  const day = `${two(1 + (n % 12))}${two(1 + (Math.floor(n / 12) % 28))}`
  const body = `${CANARY.idNo}${day}${String(Math.floor(n / 336)).padStart(3, '0')}`
  return {
    externalId: `CANARY-${n}`,
    name: CANARY.name + letters.join(''),
    idNo: body + checkDigit(body),
    phone: `${CANARY.phone}${String(n % 1_000).padStart(3, '0')}`,
    note: `${CANARY.name}家(${body}${checkDigit(body)})已上门,电话${CANARY.phone}`,
  }
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}

/** An export of the platform; one in a hundred is red and watched alone. */
export function canaryCsv(count: number, towns: readonly string[], day: string): string {
  const causes = Object.values(CAUSE_LABELS)
  const lines = Array.from({ length: count }, (_, n) => {
    const { externalId, name, idNo, phone, note } = canary(n)
    const level = LEVEL_LABELS[n % 100 === 0 ? 'red' : n % 2 ? 'orange' : 'yellow']
    const cause = causes[n % causes.length] ?? ''
    const village = `${CANARY.name}村`
    return [
      externalId,
      `${day} 08:30`,
      level,
      cause,
      '',
      name,
      idNo,
      phone,
      towns[n % towns.length] ?? '',
      village,
      note,
      '',
    ]
  })
  const quoted = (cells: readonly string[]) => `${cells.map((cell) => `"${cell}"`).join(',')}\r\n`
  return [Object.values(COLUMNS), ...lines].map(quoted).join('')
}

/** The forms in which a text may lie somewhere: bytes, and what encodings make of them. */
export function formsOf(text: string): Buffer[] {
  const utf8 = Buffer.from(text)
  const hex = utf8.toString('hex')
  const pairs = hex.match(/../g) ?? []
  const escaped = [...text].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
  const forms = [
    utf8,
    ...[Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()].map(withoutZeros),
    ...[hex, hex.toUpperCase()].map((form) => Buffer.from(form)),
    ...['=', '%'].map((mark) => Buffer.from(pairs.map((p) => mark + p.toUpperCase()).join(''))),
    Buffer.from(pairs.map((p) => `%${p}`).join('')),
    Buffer.from(escaped),
    ...base64Forms(utf8),
  ]
  const known = new Set<string>()
  return forms.filter((form) => !known.has(form.toString('hex')) && known.add(form.toString('hex')))
}

/** A search that begins with a zero stops at every empty page. */
function withoutZeros(form: Buffer): Buffer {
  const from = form[0] === 0 ? 1 : 0
  return form.subarray(from, form.length - (form[form.length - 1] === 0 ? 1 : 0))
}

/** What the middle of a longer text becomes in base64: it depends on where it begins, so three forms of it. */
function base64Forms(bytes: Buffer): Buffer[] {
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const first = Math.ceil((before * 4) / 3)
    // The last letter also holds bits of what follows.
    const sure = whole.slice(first, Math.floor(((before + bytes.length) * 8) / 6))
    return [sure, sure.replaceAll('+', '-').replaceAll('/', '_')].map((form) => Buffer.from(form))
  })
}

const PATTERNS = Object.entries(CANARY).flatMap(([what, text]) =>
  formsOf(text).map((form) => ({ what, form, quoted: form.toString('latin1') })),
)
/** Pieces that are read one after the other overlap by as much as a canary could be cut. */
export const LONGEST = Math.max(...PATTERNS.map((p) => p.form.length))

/** All forms at once, each byte a character of Latin-1. */
const ANY = new RegExp(PATTERNS.map(({ form }) => form.toString('hex').replace(/../g, '\\x$&')).join('|'))

/** What was found in these bytes; each kind once. */
export function canariesIn(bytes: Buffer): string[] {
  // One pass for all forms first: nearly always there is nothing.
  if (!ANY.test(bytes.toString('latin1'))) return []
  return PATTERNS.filter(({ form }) => bytes.includes(form)).map(
    ({ what, quoted }) => `${what} as ${JSON.stringify(quoted)}`,
  )
}
