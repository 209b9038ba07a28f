import type { ActionCode } from '../domain/obligation/actions.ts'
import { EVENT_LABELS } from '../domain/obligation/event-labels.ts'
import { dayOf, type Instant } from '../domain/time/days.ts'

/** From when to when a part of the year has to be played for an act to be certain. */
const CERTAIN: readonly { acts: readonly ActionCode[]; from: string; to: string }[] = [
  { acts: ['suspend'], from: '08-09', to: '08-10' },
  { acts: ['resume'], from: '08-09', to: '08-24' },
  {
    acts: [
      ...([
        'submit',
        'accept',
        'return',
        'request-extension',
        'grant-extension',
        'refuse-extension',
      ] as const),
      ...(['offer-hand-over', 'accept-hand-over', 'refuse-hand-over', 'withdraw-hand-over'] as const),
      'record-contact',
    ],
    from: '06-01',
    to: '12-30',
  },
]

/** Acts that the part of the year has to have, and has not: a check of nothing would pass. */
export function neverPlayed(
  acted: Readonly<Record<string, number>>,
  span: { start: Instant; until: Instant },
): string[] {
  const [from, to] = [dayOf(span.start).slice(5), dayOf(span.until).slice(5)]
  const certain = CERTAIN.filter((part) => from <= part.from && part.to <= to).flatMap(({ acts }) => acts)
  return certain
    .filter((action) => (acted[action] ?? 0) === 0)
    .map((action) => `${from} 至 ${to} 之间没有一次“${EVENT_LABELS[action] ?? action}”`)
}
