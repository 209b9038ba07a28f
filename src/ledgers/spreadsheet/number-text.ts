const DIGITS_OF_A_DOUBLE = 15
const SECONDS_PER_DAY = 86_400
/** Day 0 of each system, as days since 1970. A file says which it uses. */
const EPOCH = { 1900: -25_569, 1904: -24_107 } as const
export type DateSystem = keyof typeof EPOCH

/** How a cell shows its number: as a date, with zeros in front, or as it is (null). */
export type NumberShape = { date: true; time: boolean } | { zeros: number } | null

/** Reads a number format: `yyyy/m/d h:mm` is a date with a time, `000000` wants six digits. */
export function shapeOf(format: string): NumberShape {
  if (/^(general|standard)?$/i.test(format)) return null
  const plain = (format.split(';')[0] ?? '')
    .replace(/"[^"]*"|\\.|[_*]./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
  if (/^0+$/.test(plain)) return plain.length > 1 ? { zeros: plain.length } : null
  return /[ymdhs]|^e|aaa/i.test(plain) ? { date: true, time: /[hs]/i.test(plain) } : null
}

/**
 * The number as the spreadsheet shows it. A spreadsheet knows fifteen digits; a longer number ends in zeros here
 * too, so that its reader sees what was lost.
 */
export function numberText(value: number, shape: NumberShape, system: DateSystem): string {
  if (shape === null) return plainNumber(value)
  if ('zeros' in shape)
    return Number.isInteger(value) ? plainNumber(value).padStart(shape.zeros, '0') : plainNumber(value)
  return dateText(value, shape.time, system) ?? plainNumber(value)
}

function plainNumber(value: number): string {
  if (Number.isSafeInteger(value) && Math.abs(value) < 1e15) return String(value)
  const shown = Number(value.toPrecision(DIGITS_OF_A_DOUBLE))
  return Math.abs(shown) >= 1e21 || !Number.isInteger(shown) ? String(shown) : zeroedDigits(shown)
}

/** 619999194512163825 is shown as 619999194512163000; a double itself would print other digits. */
function zeroedDigits(value: number): string {
  const [mantissa = '', power = '0'] = value.toExponential(DIGITS_OF_A_DOUBLE - 1).split('e')
  const digits = mantissa.replace(/[.-]/g, '')
  return `${value < 0 ? '-' : ''}${digits.padEnd(Number(power) + 1, '0').slice(0, Number(power) + 1)}`
}

/** Null for what no spreadsheet shows as a date. A day without a time keeps none, unless the format shows one. */
function dateText(serial: number, showsTime: boolean, system: DateSystem): string | null {
  if (!(serial >= 0 && serial < 2_958_466)) return null
  const seconds = Math.round(serial * SECONDS_PER_DAY)
  const time = timeText(seconds % SECONDS_PER_DAY)
  const day = Math.floor(seconds / SECONDS_PER_DAY)
  if (day === 0 && system === 1900) return time
  // The 1900 system counts a 29 February 1900 that never was.
  const shifted = system === 1900 && day < 60 ? day + 1 : day
  const date = new Date((shifted + EPOCH[system]) * SECONDS_PER_DAY * 1000).toISOString().slice(0, 10)
  return showsTime || seconds % SECONDS_PER_DAY !== 0 ? `${date} ${time}` : date
}

function timeText(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}
