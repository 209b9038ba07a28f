const MS_PER_MINUTE = 60_000
const BEIJING_MINUTES = 8 * 60

/** Milliseconds since midnight as the cell says it, and how far its clock is ahead of Beijing's. */
export type TimeOfDay = { ms: number; aheadOfBeijing: number }

const HALF = '上午|早上|早晨|清晨|凌晨|下午|傍晚|晚上|夜间|中午|午间|[AaPp]\\.?[Mm]\\.?'
const CLOCK =
  '(\\d{1,2})(?:\\s*[:时點点]\\s*(?:(\\d{1,2})(?:\\s*[:分]\\s*(?:(\\d{1,2})(?:[.,]\\d+)?\\s*秒?)?)?|(半)|整)?)'
const ZONE = '(Z|(?:GMT|UTC)?[+-]\\d{1,2}(?::?\\d{2})?|北京时间)'
const TIME = new RegExp(
  `^(?:(${HALF})\\s*)?${CLOCK}?\\s*(?:(${HALF}))?\\s*(?:${ZONE})?\\s*(?:\\(?北京时间\\)?)?$`,
)
const BASIC = /^(\d{2})(\d{2})(\d{2})?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?$/

/** Reads a time of day, after which a zone may stand; null for what is none or does not exist. */
export function timeOfDay(text: string): TimeOfDay | null {
  if (text === '') return { ms: 0, aheadOfBeijing: 0 }
  const basic = BASIC.exec(text)
  if (basic) return timeOf([basic[1], basic[2], basic[3]], undefined, basic[4])
  const time = TIME.exec(text)
  if (!time) return null
  const [, before, hour, minute, second, half, after, zone] = time
  if (hour === undefined || (before && after)) return null
  if (minute === undefined && half === undefined && !/[时點点]/.test(text) && !(before ?? after)) return null
  return timeOf([hour, half ? '30' : minute, second], before ?? after, zone)
}

function timeOf(
  [hours, minutes = '0', seconds = '0']: readonly (string | undefined)[],
  half?: string,
  zone?: string,
): TimeOfDay | null {
  const hour = half === undefined ? Number(hours) : hourOf(Number(hours), half)
  const [minute, second] = [Number(minutes), Number(seconds)]
  const ahead = zone === undefined ? 0 : aheadOf(zone)
  if (hour === null || ahead === null || !isOfTheClock(hour, minute, second)) return null
  return { ms: ((hour * 60 + minute) * 60 + second) * 1000, aheadOfBeijing: ahead }
}

/** 24:00 is the end of its day. */
export function isOfTheClock(hour: number, minute: number, second: number): boolean {
  return (hour < 24 || (hour === 24 && minute === 0 && second === 0)) && minute < 60 && second < 60
}

/** 下午 3 is 15; 中午 12 and 下午 12 are 12, 上午 12 is 0 as a spreadsheet writes it. 晚上 12 could be either day's. */
function hourOf(hour: number, half: string): number | null {
  if (/^[Aa]|上午|早|清晨|凌晨/.test(half)) return hour === 12 ? 0 : hour < 12 ? hour : null
  if (/中午|午间/.test(half))
    return hour >= 10 && hour <= 14 ? hour : hour >= 1 && hour <= 2 ? hour + 12 : null
  if (hour === 12) return /晚|夜/.test(half) ? null : 12
  return hour < 12 ? hour + 12 : hour
}

function aheadOf(zone: string): number | null {
  if (zone === 'Z') return -BEIJING_MINUTES * MS_PER_MINUTE
  if (zone === '北京时间') return 0
  const [, sign, hours, minutes = '0'] = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone) ?? []
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  return Math.abs(offset) > 14 * 60 ? null : (offset - BEIJING_MINUTES) * MS_PER_MINUTE
}
