/** One step of a JSON pointer (RFC 6901), which parts its steps by `/`. */
export function pointerToken(key: PropertyKey): string {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1')
}
