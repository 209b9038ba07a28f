import { type Day, dayOf, endOfDay, type Instant } from '../domain/time/days.ts'
import type { Desk } from './desk.ts'
import type { Actor } from './driver.ts'
import type { ExpectedHistory } from './expected-history.ts'
import type { ExpectedWork } from './expected-work.ts'
import { HitsWork } from './hits-work.ts'
import type { Officers } from './officers.ts'
import type { Preparing } from './preparing.ts'
import type { SimpleCalendar } from './simple-calendar.ts'
import { type PlayedWork, workNeverPlayed } from './played-work.ts'
import type { SampleWork } from './sample-work.ts'
import type { PlayedOverride } from './told-of-county.ts'
import { lastDayOf } from './visit-script.ts'
import { VisitWork } from './visit-work.ts'
import { YearEnd } from './year-end.ts'

type Parts = {
  year: number
  seed: number
  start: Instant
  desk: Desk
  story: ExpectedHistory
  officers: Officers
  calendar: SimpleCalendar
  preparing: Preparing
  work: readonly ExpectedWork[]
  samples: SampleWork
  overrides: PlayedOverride[]
}
type Span = { start: Instant; until: Instant }

/** The hits of a comparison, the visits that go on into the next year, and the end of the year between them. */
export class YearWork {
  readonly actors: readonly Actor[]
  private readonly hits: HitsWork
  private readonly visits: VisitWork
  private readonly end: YearEnd
  private readonly year: number
  private readonly parts: Parts

  constructor(parts: Parts) {
    this.parts = parts
    this.year = parts.year
    this.hits = new HitsWork(parts)
    this.visits = new VisitWork(parts)
    this.end = new YearEnd(parts)
    this.actors = [this.hits, this.visits, this.end]
  }

  begin(campaign: string): void {
    this.end.begin(campaign)
  }

  get failed(): string[] {
    return [...this.hits.failed, ...this.visits.failed, ...this.end.failed]
  }

  get wrongCount(): string[] {
    return [...this.hits.wrongCount, ...this.visits.wrongCount, ...this.end.wrongCount]
  }

  private get played(): Omit<PlayedWork, 'waited'> {
    const { story, work, preparing } = this.parts
    return { story, work, visited: preparing.visited, shown: preparing.shown }
  }

  /** What a part of the year that holds it all has to have played: a check of nothing would pass. @param waited lines that waited for a quiet day */
  neverPlayed(span: Span, waited: number): string[] {
    const [from, to] = [dayOf(span.start), dayOf(span.until)]
    const holds = (first: Day, last: Day) => from <= first && last <= to
    const { refused, lookedUp } = this.hits.played
    return [
      ...(holds(`${this.year}-05-31`, `${this.year}-06-02`) && refused + lookedUp < 3
        ? ['命中名单没有演练:应登记、核对两次、拒绝一次不同的数']
        : []),
      ...(holds(`${this.year}-10-10`, lastDayOf(this.year)) && this.visits.madeNextYear < 3
        ? [`次年的监测走访应有 3 次,只演练了 ${this.visits.madeNextYear} 次`]
        : []),
      ...workNeverPlayed({ ...this.played, waited }, span, this.year),
    ]
  }
}

/** The part of a span that lies in its year. */
export function withinYear({ start, until }: Span, year: number): Span {
  return { start, until: Math.min(until, endOfDay(`${year}-12-31`) - 1) }
}
