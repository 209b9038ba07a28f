import { beijingText, type Day, type Instant, instantAt } from '../domain/time/days.ts'
import { OVERRIDDEN } from './campaign-work.ts'
import type { Desk } from './desk.ts'
import type { Actor } from './driver.ts'
import type { ExpectedHistory, StoryTurn } from './expected-history.ts'
import type { ExpectedWork } from './expected-work.ts'
import { ApiRefused } from './http.ts'
import { isBeside } from './policy-table.ts'
import type { Preparing } from './preparing.ts'
import type { SampleWork } from './sample-work.ts'
import type { PlayedOverride } from './told-of-county.ts'
import { matrixFaults, problemFaults, quotaFaults } from './year-counts.ts'

type Parts = {
  year: number
  start: Instant
  desk: Desk
  story: ExpectedHistory
  work: readonly Pick<ExpectedWork, 'item' | 'phase'>[]
  preparing: Preparing
  samples: SampleWork
  /** What is told of overrides; what is decided here joins it. */
  overrides: PlayedOverride[]
}

const ACTS_AT = '10:10'
const CLOSED_ON = '12-30'
/** A year that began later has work done that the story does not know. */
const COUNTED_FROM = '05-27'
/** It waits for all of the campaign but what outlives it. */
const LAST_PHASE = 'zero-out'
/** What each phase is called, by hand; one waits only for what is due by a day. */
const PHASES: Readonly<Record<string, { title: string; dueBy?: string }>> = {
  launch: { title: '启动部署、开展“回头望”' },
  [OVERRIDDEN.code]: OVERRIDDEN,
  verification: { title: '平台预警核查', dueBy: '09-30' },
  [LAST_PHASE]: { title: '下半年数据比对、问题整改和销号清零' },
}
/** The phase of what stands in no plan. */
const PHASE_OF: Readonly<Record<string, string>> = { warning: 'verification', rectification: LAST_PHASE }
/** A household is watched on, whatever becomes of the campaign (R16). */
export const OUTLIVES = 'monitoring-visit'

/** At the year's end the leader closes the campaign over what is left; nothing that outlives it stands in the way, nor ends with it. */
export class YearEnd implements Actor {
  readonly wrongCount: string[] = []
  readonly failed: string[] = []
  private readonly parts: Parts
  private at: Instant | null
  private campaign = ''

  constructor(parts: Parts) {
    this.parts = parts
    const at = instantAt(`${parts.year}-${CLOSED_ON}`, ACTS_AT)
    this.at = at > parts.start ? at : null
  }

  begin(campaign: string): void {
    this.campaign = campaign
  }

  nextAt(): Instant | null {
    return this.at
  }

  async act(at: Instant): Promise<void> {
    this.at = null
    await this.countAndClose(at).catch((error: unknown) => {
      if (!(error instanceof ApiRefused)) throw error
      this.failed.push(`${beijingText(at)} ${error.message}`)
    })
  }

  private async countAndClose(at: Instant): Promise<void> {
    const { start, year } = this.parts
    if (start <= instantAt(`${year}-${COUNTED_FROM}`, '00:00')) await this.count()
    await this.close(at)
  }

  /** What the year came to by the product's own count: quota, matrix, burn-down and coverage. */
  private async count(): Promise<void> {
    const { desk, story, preparing, samples } = this.parts
    const centre = await desk.as(desk.centre)
    this.wrongCount.push(
      ...quotaFaults(story, await centre.counts.quota()),
      ...matrixFaults(preparing.visited, await centre.counts.matrix()),
      ...problemFaults(story, await centre.counts.problems()),
      ...(await samples.faults(centre)),
    )
  }

  private async close(at: Instant): Promise<void> {
    const { desk, overrides } = this.parts
    const leader = await desk.as(desk.bureau)
    const gates = (await leader.gates(this.campaign)).filter(({ state }) => state !== 'closed')
    const left = blockersAtYearEnd(LAST_PHASE, this.parts)
    if (left > 0 && !gates.some(({ code }) => code === LAST_PHASE))
      this.wrongCount.push(`年底还应有 ${left} 件挡着结束,接口答行动已经结束`)
    // With nothing left it has closed by itself: nobody has to.
    if (gates.length === 0) return left === 0 ? desk.played('campaign-close') : undefined
    const open = gates.map(({ code, override, gate: { blockerCount } }) => {
      const [{ title } = { title: code }, blockers] = [PHASES[code], blockersAtYearEnd(code, this.parts)]
      if (blockerCount !== blockers)
        this.wrongCount.push(`年底还应有 ${blockers} 件挡着“${title}”结束,接口答 ${blockerCount} 件`)
      return { at, title, blockers, override }
    })
    await leader.onCampaign(this.campaign, { action: 'close', reason: '年度结束,其余转入日常办理' })
    desk.played('campaign-close')
    for (const { override, ...told } of open) if (override === null) overrides.push(told)
  }
}

/** How many things keep a phase from closing, by the story: the last one waits for all that does not outlive the campaign. */
export function blockersAtYearEnd(
  phase: string,
  { year, story, work }: Pick<Parts, 'year' | 'story' | 'work'>,
): number {
  const planned = new Map(work.map((one) => [one.item, one.phase]))
  const { dueBy } = PHASES[phase] ?? {}
  const waitsFor = (turn: StoryTurn) =>
    phase === LAST_PHASE
      ? turn.kind !== OUTLIVES
      : (planned.get(turn.item) ?? PHASE_OF[turn.kind]) === phase &&
        (dueBy === undefined || ownDueOf(turn, story) <= `${year}-${dueBy}`)
  return story.turns.filter((turn) => turn.endedAt === null && !isBeside(turn) && waitsFor(turn)).length
}

/** The day of its first assignment, as moved since: what is returned after it still belongs to the phase. */
function ownDueOf({ item, dueOn }: StoryTurn, { turns }: ExpectedHistory): Day {
  const first = turns.findLast((turn) => turn.item === item && turn.stage === 'perform' && !turn.undone)
  return first?.dueOn ?? dueOn
}
