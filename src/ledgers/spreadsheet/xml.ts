import { refused } from '../refusals.ts'
import { LIMITS } from './limits.ts'

/** What a part says, in order. Names come without their prefix, text without entities. */
export type XmlHandler = {
  open(name: string, attributes: string): void
  close(name: string): void
  text(text: string): void
}

/** A tag or a text that never ends is kept no longer than this. */
const MOST_UNFINISHED = 4 * LIMITS.cellCharacters
const [BANG, QUOTE, APOSTROPHE, SLASH, GREATER, QUESTION] = [33, 34, 39, 47, 62, 63]
const COMMENT = '!--'
const CDATA = '![CDATA['

/**
 * Reads XML piece by piece and keeps nothing of it. Workbooks declare no entities; a document type is refused
 * unread.
 */
export class XmlScanner {
  #rest = ''
  #depth = 0
  readonly #handler: XmlHandler

  constructor(handler: XmlHandler) {
    this.#handler = handler
  }

  /** @throws FileRefused where this is no XML of a workbook */
  push(piece: string): void {
    const text = this.#rest === '' ? piece : this.#rest + piece
    let at = 0
    for (let start = text.indexOf('<'); start >= 0; start = text.indexOf('<', at)) {
      if (start > at) this.#handler.text(decoded(text.slice(at, start)))
      at = start
      const next = this.#takeTag(text, start)
      if (next < 0) break
      at = next
    }
    this.#rest = text.slice(at)
    if (this.#rest.length > MOST_UNFINISHED) throw refused('workbook-damaged')
  }

  /** @throws FileRefused where the part ends in the middle */
  end(): void {
    if (this.#depth !== 0 || this.#rest.trim() !== '') throw refused('workbook-damaged')
  }

  /** Returns where the text goes on, or -1 while the tag has no end yet. */
  #takeTag(text: string, start: number): number {
    const mark = text.charCodeAt(start + 1)
    if (mark === BANG) return this.#takeDeclaration(text, start)
    if (mark === QUESTION) return past(text, '?>', start)
    const end = endOfTag(text, start + 1)
    if (end < 0) return -1
    if (mark === SLASH) this.#closeTag(text.slice(start + 2, end))
    else this.#openTag(text, start + 1, end)
    return end + 1
  }

  #closeTag(name: string): void {
    this.#depth--
    this.#handler.close(plainName(name.trimEnd()))
  }

  #openTag(text: string, start: number, end: number): void {
    const closed = text.charCodeAt(end - 1) === SLASH
    const last = closed ? end - 1 : end
    let nameEnd = start
    while (nameEnd < last && text.charCodeAt(nameEnd) > 32) nameEnd++
    const name = plainName(text.slice(start, nameEnd))
    this.#handler.open(name, text.slice(nameEnd, last))
    if (closed) this.#handler.close(name)
    else this.#depth++
  }

  #takeDeclaration(text: string, start: number): number {
    const begins = (word: string) => text.startsWith(word, start + 1)
    if (begins(COMMENT)) return past(text, '-->', start + COMMENT.length)
    if (begins(CDATA)) {
      const next = past(text, ']]>', start)
      if (next > 0) this.#handler.text(text.slice(start + 1 + CDATA.length, next - 3))
      return next
    }
    if (text.length - start > CDATA.length) throw refused('workbook-damaged')
    return -1
  }
}

/** Reads a small part at once. @throws FileRefused */
export function scanXml(
  xml: string,
  open: XmlHandler['open'],
  close: XmlHandler['close'] = () => undefined,
): void {
  const scanner = new XmlScanner({ open, close, text: () => undefined })
  scanner.push(xml)
  scanner.end()
}

function past(text: string, end: string, start: number): number {
  const at = text.indexOf(end, start + 1)
  return at < 0 ? -1 : at + end.length
}

/** The next `>` outside quotes. */
function endOfTag(text: string, start: number): number {
  let quote = 0
  for (let i = start; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (quote !== 0) {
      if (c === quote) quote = 0
    } else if (c === GREATER) return i
    else if (c === QUOTE || c === APOSTROPHE) quote = c
  }
  return -1
}

function plainName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** @throws FileRefused for an entity that XML itself does not know */
export function decoded(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&]{0,12});?/g, (_all, name: string) => {
    const number = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(name)
    const code = number ? (number[1] ? parseInt(number[1], 16) : Number(number[2])) : -1
    const known = code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ENTITIES[name]
    if (known === undefined) throw refused('workbook-damaged')
    return known
  })
}

/** The value of an attribute, or undefined. `name` may be of any prefix when it begins with a colon: `:id`. */
export function attribute(attributes: string, name: string): string | undefined {
  for (let at = attributes.indexOf(name); at >= 0; at = attributes.indexOf(name, at + 1)) {
    const before = attributes.charCodeAt(at - 1)
    if (name.charCodeAt(0) !== 58 && before > 32) continue
    const equals = at + name.length
    const start = attributes.charCodeAt(equals) === 61 ? equals + 1 : afterEquals(attributes, equals)
    const quote = attributes.charAt(start)
    if (quote !== '"' && quote !== "'") continue
    const end = attributes.indexOf(quote, start + 1)
    return end < 0 ? undefined : decoded(attributes.slice(start + 1, end))
  }
  return undefined
}

function afterEquals(attributes: string, at: number): number {
  const found = /^\s*=\s*/.exec(attributes.slice(at, at + 20))
  return found ? at + found[0].length : at
}

/** `1`, `true` and `on` are what a workbook writes for yes. */
export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true' || value === 'on'
}

/** What a workbook writes for control characters: `_x000D_`. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)))
}
