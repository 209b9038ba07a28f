import type { Acceptance } from './sink.ts'

const HEADING = /^—— 请您督促(?:红色)? (\d+) 件(?:\([^)]*\))?(?::(.*))? ——$/m
const ALL_AGAIN = '均为再次督促'

/** The heading of what a letter asks its reader to press; null where it asks nothing. */
export function pressHeading({ text }: Pick<Acceptance, 'text'>): RegExpExecArray | null {
  return HEADING.exec(text.replaceAll('\r\n', '\n'))
}

/** How much of it the letter says it tells again. */
export function againIn([, count, parts = '']: RegExpExecArray): number {
  if (parts === ALL_AGAIN) return Number(count)
  return Number(/再次 (\d+) 件$/.exec(parts)?.[1] ?? 0)
}
