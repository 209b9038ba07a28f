import { unwrapped } from './normalise.ts'

/** Normalises a telephone cell: no spaces, brackets or dashes; several numbers are separated by `/`. */
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
