import { unwrapped } from './normalise.ts'

/** A telephone cell without spaces, brackets and dashes; several numbers are parted by `/`. */
export function phoneOf(cell: string): string {
  const phone = unwrapped(cell)
  if (/^\d*$/.test(phone)) return phone.replace(/^0086/, '')
  return phone
    .replace(/[、,;/]+/g, '/')
    .replace(/[-()]/g, '')
    .replace(/(^|\/)(\+86|0086)/g, '$1')
}

/** Lenient: mobiles, land lines with or without area code, more than one. */
export function isPhone(phone: string): boolean {
  return /^\d{5,13}(\/\d{5,13})*$/.test(phone)
}
