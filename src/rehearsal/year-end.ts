import { beijingText, type Instant, instantAt } from '../domain/time/days.ts'
import type { Desk } from './desk.ts'
import type { Actor } from './driver.ts'
import type { ExpectedHistory } from './expected-history.ts'
import { ApiRefused } from './http.ts'
import { isBeside } from './policy-table.ts'
import type { PlayedOverride } from './told-of-county.ts'

type Parts = {
  year: number
  start: Instant
  desk: Desk
  story: ExpectedHistory
  /** What is told of overrides; what is decided here joins it. */
  overrides: PlayedOverride[]
}

const ACTS_AT = '10:10'
const CLOSED_ON = '12-30'
/** It waits for all of the campaign but what outlives it. */
const LAST_PHASE = 'zero-out'
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
    await this.close(at).catch((error: unknown) => {
      if (!(error instanceof ApiRefused)) throw error
      this.failed.push(`${beijingText(at)} ${error.message}`)
    })
  }

  private async close(at: Instant): Promise<void> {
    const { desk, story, overrides } = this.parts
    const leader = await desk.as(desk.bureau)
    const left = story.turns.filter(
      (turn) => turn.endedAt === null && turn.kind !== OUTLIVES && !isBeside(turn),
    ).length
    const gates = (await leader.gates(this.campaign)).filter(({ state }) => state !== 'closed')
    const last = gates.find(({ code }) => code === LAST_PHASE)
    if ((last?.gate.blockerCount ?? 0) !== left)
      this.wrongCount.push(`年底还应有 ${left} 件挡着结束,接口答 ${last?.gate.blockerCount ?? 0} 件`)
    // With nothing left it has closed by itself.
    if (gates.length === 0) return
    await leader.onCampaign(this.campaign, { action: 'close', reason: '年度结束,其余转入日常办理' })
    for (const { title, override, gate } of gates)
      if (override === null) overrides.push({ at, title, blockers: gate.blockerCount })
  }
}
