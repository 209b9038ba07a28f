import { beijingText, type Instant } from '../domain/time/days.ts'
import { calendarWork } from './calendar-work.ts'
import type { ChangingCalendar } from './changing-calendar.ts'
import type { CountyAct } from './county-act.ts'
import type { Desk } from './desk.ts'
import type { Actor } from './driver.ts'
import type { ExpectedHistory } from './expected-history.ts'
import { ApiRefused } from './http.ts'
import { MergeWork } from './merge-work.ts'
import type { Officers } from './officers.ts'
import { policyWork } from './policy-work.ts'
import { RecountWork } from './recount-work.ts'

type Parts = {
  year: number
  start: Instant
  desk: Desk
  officers: Officers
  story: ExpectedHistory
  calendar: ChangingCalendar
}

/** What the county does to all of its work at once: other rules, other days, a merged town. What lay before the part of the year is not done. */
export class CountyActs implements Actor {
  readonly failed: string[] = []
  readonly recounts: RecountWork
  private readonly merge: MergeWork
  private readonly acts: CountyAct[]
  private readonly officers: Officers

  constructor(parts: Parts) {
    this.officers = parts.officers
    this.recounts = new RecountWork(parts)
    this.merge = new MergeWork(parts)
    const all = { ...parts, recounts: this.recounts }
    this.acts = [policyWork(all), this.merge, calendarWork(all)].filter(({ at }) => at > parts.start)
  }

  get wrongCount(): string[] {
    return [...this.recounts.wrongCount, ...this.merge.wrongCount]
  }

  nextAt(): Instant | null {
    return this.acts[0]?.at ?? null
  }

  async act(at: Instant): Promise<void> {
    const act = this.acts.shift()
    if (!act) return
    try {
      const isDone = await act.do(at)
      for (const played of isDone ? act.acts : []) this.officers.count(played)
    } catch (error) {
      if (!(error instanceof ApiRefused)) throw error
      this.failed.push(`${beijingText(at)} ${error.message}`)
    }
  }
}
