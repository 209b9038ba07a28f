import { type Instant, instantAt } from '../domain/time/days.ts'
import { kindOf } from '../kinds/kinds.ts'
import type { Case } from './case-book.ts'
import type { CountyAct } from './county-act.ts'
import type { Desk } from './desk.ts'
import type { ExpectedHistory } from './expected-history.ts'
import type { Officers } from './officers.ts'
import { isPerformed } from './policy-table.ts'

const ON = '09-06'

type Parts = { year: number; desk: Desk; officers: Officers; story: ExpectedHistory }
type Merged = { from: string; to: string; all: Case[]; offers: Case[] }

/** In September a town is merged with the one before it in the list: all of its work goes there. */
export class MergeWork implements CountyAct {
  readonly at: Instant
  readonly acts = ['office-hand-on'] as const
  readonly wrongCount: string[] = []
  private readonly parts: Parts

  constructor(parts: Parts) {
    this.parts = parts
    this.at = instantAt(`${parts.year}-${ON}`, '10:10')
  }

  async do(at: Instant): Promise<boolean> {
    const { desk } = this.parts
    const merged = this.choose()
    if (!merged) return false
    const county = await desk.as(desk.bureau)
    const foreseen = await county.handOn(merged.from, { toOffice: merged.to, dryRun: true })
    const done = await county.handOn(merged.from, { toOffice: merged.to, expectedCount: foreseen.count })
    this.compare(merged, foreseen)
    this.compare(merged, done)
    for (const of of merged.all) this.handOn(of, merged.to, at)
    for (const of of merged.offers) this.lapse(of, at)
    return true
  }

  /** The last town that has something to perform, but no screening: its households are those of its own office. */
  private choose(): Merged | null {
    const { officers, desk } = this.parts
    const open = officers.book.open.filter(({ turn }) => turn.endedAt === null)
    const of = (town: string) => open.filter(({ item }) => item.office === town)
    const fits = (town: string) =>
      of(town).some(({ turn }) => isPerformed(turn)) &&
      !of(town).some(({ item }) => kindOf(item.kind).hasEntries)
    const at = desk.towns.findLastIndex(fits)
    const [from, to] = [desk.towns[at], desk.towns[at - 1]]
    if (from === undefined || to === undefined) return null
    return { from, to, all: of(from), offers: open.filter((one) => one.offered === from && this.waits(one)) }
  }

  /** An offer that nobody answered is gone once the work was handed in. */
  private waits({ offered, item }: Case): boolean {
    const { inHand } = this.parts.story
    return offered !== undefined && inHand.some((t) => t.item === item.item && t.stage === 'hand-over')
  }

  private compare({ from, all, offers }: Merged, said: { count: number; offers: number }): void {
    const pending = offers.length + all.filter((of) => this.waits(of)).length
    if (said.count !== all.length || said.offers !== pending)
      this.wrongCount.push(
        `${from} 应移交 ${all.length} 件、失效 ${pending} 件移交,接口答 ${said.count} 件、${said.offers} 件`,
      )
  }

  /** It keeps its start and its day. What is reviewed or paused stays with whoever holds it, and is the other town's. */
  private handOn(of: Case, to: string, at: Instant): void {
    const { officers, story, desk } = this.parts
    const item = { ...of.item, office: to, reviewer: desk.people.reviewerOf(to) }
    if (!isPerformed(of.turn)) {
      const turn = story.change(of.turn, { owner: to }, at)
      return officers.book.amend({ ...of, item, turn })
    }
    const { offered, ...rest } = of
    if (offered !== undefined) story.answered(of.item, at)
    const turn = story.goOn(item, at)
    officers.life.decide(item, 'hand-on', { dueOn: turn.dueOn, at })
    const next = { ...rest, item, turn }
    if (offered === undefined) officers.book.amend(next)
    else officers.life.resume(next, at)
  }

  /** What others had offered to the town is theirs again. */
  private lapse({ offered: _, ...of }: Case, at: Instant): void {
    const { officers, story } = this.parts
    story.answered(of.item, at)
    officers.life.decide(of.item, 'hand-over-lapsed', { dueOn: of.turn.dueOn, at })
    officers.life.resume(of, at)
  }
}
