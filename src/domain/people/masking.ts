/** 张*某: keeps the family name and the last character; of two characters, the first. */
export function maskName(name: string): string {
  const letters = [...name]
  if (letters.length <= 1) return letters.length === 0 ? '' : '*'
  if (letters.length === 2) return `${letters[0]}*`
  return `${letters[0]}${'*'.repeat(letters.length - 2)}${letters[letters.length - 1]}`
}

/** 619999********2163 */
export function maskIdNo(idNo: string): string {
  return idNo.length < 11
    ? '*'.repeat(idNo.length)
    : `${idNo.slice(0, 6)}${'*'.repeat(idNo.length - 10)}${idNo.slice(-4)}`
}

/** 199****8219 */
export function maskPhone(phone: string): string {
  return phone.length < 8
    ? '*'.repeat(phone.length)
    : `${phone.slice(0, 3)}${'*'.repeat(phone.length - 7)}${phone.slice(-4)}`
}
