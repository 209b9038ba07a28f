const MOST_CHARACTERS = 120
/** What file systems take for one name. */
const MOST_BYTES = 255
const EXTENSION = /\.[a-z0-9]{1,8}$/i

/**
 * Makes a foreign file name safe to show, keep and write into a header. It removes paths, invisible characters,
 * marks that turn the reading direction, and what a file system or shell would interpret. It keeps at most 120
 * characters and 255 bytes, and the extension.
 */
export function safeFileName(given: string, fallback = '未命名.csv'): string {
  const last = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\uFFFD]/gu, '')
    .replace(/[<>:"|?*`$;&%'=]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s~-]+|[.\s]+$/g, '')
  const name = shortened(plain)
  return name === '' ? fallback : name
}

function shortened(name: string): string {
  if (fits(name)) return name
  const ending = EXTENSION.exec(name)?.[0] ?? ''
  const letters = Array.from(name).slice(0, MOST_CHARACTERS - ending.length)
  while (!fits(letters.join('') + ending)) letters.pop()
  return letters.join('') + ending
}

function fits(name: string): boolean {
  return Array.from(name).length <= MOST_CHARACTERS && Buffer.byteLength(name) <= MOST_BYTES
}
