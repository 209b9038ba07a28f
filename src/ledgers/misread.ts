/** The bytes of each character in GBK, made once: a decoder is all there is. */
let bytesOf: Map<string, readonly [number, number]> | undefined

function gbkBytes(): Map<string, readonly [number, number]> {
  if (bytesOf) return bytesOf
  bytesOf = new Map()
  const decoder = new TextDecoder('gbk')
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const [char = '', more] = decoder.decode(Uint8Array.of(lead, trail))
      if (more === undefined && char !== '\ufffd' && !bytesOf.has(char)) bytesOf.set(char, [lead, trail])
    }
  return bytesOf
}

const HAN = /^\p{Script=Han}+$/u
/** UTF-8 of a Chinese character has three bytes, the first of them one of these. */
const [FIRST_BYTE, LAST_BYTE] = [0xe4, 0xe9]
/** The common characters begin here in GB2312. */
const COMMON = 0xb0
const SHORTEST = 3

/**
 * Whether a text is UTF-8 that was read as GBK: 鐜嬫煇 is 王某. Two characters become three; of three, the last is left in half. What
 * makes other, common characters when its bytes are read anew was never meant.
 */
export function isUtf8ReadAsGbk(text: string): boolean {
  if (text.length < SHORTEST || !beginsCharacter(gbkBytes().get(text[0] ?? '')?.[0])) return false
  const bytes = Array.from(text, (char) => gbkBytes().get(char) ?? []).flat()
  if (bytes.length !== text.length * 2) return false
  const whole = bytes.length - (bytes.length % 3)
  if (whole < bytes.length && !beginsCharacter(bytes[whole])) return false
  return isCommonHan(new TextDecoder().decode(Uint8Array.from(bytes.slice(0, whole))))
}

function beginsCharacter(byte: number | undefined): boolean {
  return byte !== undefined && byte >= FIRST_BYTE && byte <= LAST_BYTE
}

function isCommonHan(text: string): boolean {
  if (!HAN.test(text)) return false
  return [...text].every((char) => {
    const [lead = 0, trail = 0] = gbkBytes().get(char) ?? []
    return lead >= COMMON && trail > 0xa0
  })
}
