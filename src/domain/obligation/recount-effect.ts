import { type Day, endOfDay, type Instant } from '../time/days.ts'
import { isPerforming } from './turn-clocks.ts'
import { isBeside, type Level, type Stage } from './vocabulary.ts'

/** What a change of days or rules does to open work, counted. */
export type EffectCounts = {
  open: number
  later: number
  earlier: number
  becomesLate: number
  ceasesLate: number
}
/** One kind of open work before and after: so many are alike. */
export type Shift = {
  office: string
  person: string | null
  level: Level | null
  stage: Stage
  count: number
  from: { dueOn: Day; provisional: boolean }
  to: { dueOn: Day; provisional: boolean }
}
/** Who gains or loses days: an office, or the person that its work names. */
export type Gain = { office: string; person: string | null; later: number; earlier: number }

export const NO_EFFECT: EffectCounts = { open: 0, later: 0, earlier: 0, becomesLate: 0, ceasesLate: 0 }

export type Effect = {
  total: EffectCounts
  /** How many days rest on a year without a notice, before and after. */
  provisional: { before: number; after: number }
  byOffice: ReadonlyMap<string, EffectCounts>
  byLevel: ReadonlyMap<Level | null, EffectCounts>
  gains: readonly Gain[]
}

/** Adds up shifts as they come; none is kept. What waits for an answer beside the work is no work, and counts for nothing. */
export class EffectSum {
  readonly #now: Instant
  readonly #total = { ...NO_EFFECT }
  readonly #provisional = { before: 0, after: 0 }
  readonly #byOffice = new Map<string, EffectCounts>()
  readonly #byLevel = new Map<Level | null, EffectCounts>()
  readonly #gains = new Map<string, Gain>()

  constructor(now: Instant) {
    this.#now = now
  }

  add(shift: Shift): void {
    if (isBeside(shift.stage)) return
    const counts = countsOf(shift, this.#now)
    for (const sum of [this.#total, at(this.#byOffice, shift.office), at(this.#byLevel, shift.level)])
      addTo(sum, counts)
    if (shift.from.provisional) this.#provisional.before += shift.count
    if (shift.to.provisional) this.#provisional.after += shift.count
    if (counts.later + counts.earlier > 0) this.#gain(shift, counts)
  }

  get effect(): Effect {
    return {
      ...{ total: this.#total, provisional: this.#provisional },
      ...{ byOffice: this.#byOffice, byLevel: this.#byLevel, gains: [...this.#gains.values()] },
    }
  }

  #gain({ office, person }: Shift, { later, earlier }: EffectCounts): void {
    const key = `${office}/${person ?? ''}`
    const gain = this.#gains.get(key) ?? { office, person, later: 0, earlier: 0 }
    this.#gains.set(key, { ...gain, later: gain.later + later, earlier: gain.earlier + earlier })
  }
}

/** A reviewer may be late without anybody being late (two clocks), so only whoever performs becomes so. */
function countsOf({ stage, count, from, to }: Shift, now: Instant): EffectCounts {
  const late = ({ dueOn }: { dueOn: Day }) => isPerforming(stage) && endOfDay(dueOn) <= now
  return {
    open: count,
    later: to.dueOn > from.dueOn ? count : 0,
    earlier: to.dueOn < from.dueOn ? count : 0,
    becomesLate: !late(from) && late(to) ? count : 0,
    ceasesLate: late(from) && !late(to) ? count : 0,
  }
}

function at<Key>(sums: Map<Key, EffectCounts>, key: Key): EffectCounts {
  const sum = sums.get(key) ?? { ...NO_EFFECT }
  sums.set(key, sum)
  return sum
}

function addTo(sum: EffectCounts, more: EffectCounts): void {
  for (const key of Object.keys(sum) as (keyof EffectCounts)[]) sum[key] += more[key]
}
