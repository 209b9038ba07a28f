const formats = new Map<string, Intl.DateTimeFormat>()

function format(locale: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${name}`
  const kept = formats.get(key)
  if (kept) return kept
  const made = new Intl.DateTimeFormat(locale, options)
  formats.set(key, made)
  return made
}

/** `6月10日 周五` of a plain date `2022-06-10`. */
export function dayWords(day: string, locale: string): string {
  const at = new Date(`${day}T00:00:00Z`)
  const date = format(locale, 'date', { month: 'long', day: 'numeric', timeZone: 'UTC' }).format(at)
  const week = format(locale, 'week', { weekday: 'short', timeZone: 'UTC' }).format(at)
  return `${date} ${week}`
}

/** `2021年3月1日` of a day that may lie in another year. */
export function datedWords(day: string, locale: string): string {
  const options = { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' } as const
  return format(locale, 'dated', options).format(new Date(`${day}T00:00:00Z`))
}

/** 一, 二, …, as the head of a column. */
export function weekday(day: string, locale: string): string {
  return format(locale, 'weekday', { weekday: 'narrow', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )
}

/** `6月10日 09:12`, Beijing time, of an instant. */
export function instantWords(at: string, locale: string): string {
  return format(locale, 'instant', {
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'Asia/Shanghai',
  }).format(new Date(at))
}

const BEIJING_MS = 8 * 3_600_000

/** The day of an instant in Beijing, as a plain date. */
export function beijingDay(at: string): string {
  return new Date(Date.parse(at) + BEIJING_MS).toISOString().slice(0, 10)
}

/** `2026-06-10 09:12:03`, Beijing time, of an instant. */
export function beijingInstant(at: string): string {
  return new Date(Date.parse(at) + BEIJING_MS).toISOString().slice(0, 19).replace('T', ' ')
}
