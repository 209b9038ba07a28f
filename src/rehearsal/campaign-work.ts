import { beijingText, type Day, type Instant, instantAt } from '../domain/time/days.ts'
import type { Desk } from './desk.ts'
import type { Actor } from './driver.ts'
import type { ExpectedHistory } from './expected-history.ts'
import { ApiRefused } from './http.ts'
import { isBeside } from './policy-table.ts'
import { madeUpNumber, rosterFile, type RosterHousehold, unreachedAt } from './roster-file.ts'
import { SampleWork } from './sample-work.ts'
import type { PlayedOverride, ToldOfCounty } from './told-of-county.ts'

type Act = { on: Day; do: (at: Instant) => Promise<void> }
type Parts = {
  year: number
  start: Instant
  desk: Desk
  story: ExpectedHistory
  roster: readonly RosterHousehold[]
  /** The items of the phase that is overridden. */
  phaseItems: ReadonlySet<string>
}

/** The phase that a leader lets close over what is left of it. */
export const OVERRIDDEN = { code: 'screening', title: '上半年数据比对和五个全面排查' }
const ACTS_AT = '10:10'

/** What the centre, a town and a leader do of their own accord in the year: roster, discovery, problems, checks, an override. */
export class CampaignWork implements Actor {
  readonly overrides: PlayedOverride[] = []
  readonly wrongCount: string[] = []
  readonly failed: string[] = []
  readonly samples: SampleWork
  /** When the roster came in; null before. */
  private rosterFrom: Instant | null = null
  private readonly acts: Act[]
  private readonly parts: Parts
  private campaign = ''

  constructor(parts: Parts) {
    const { year, desk, story, roster, start } = parts
    this.parts = parts
    this.samples = new SampleWork(desk, story, roster, `${year}-11-30`)
    const on = (day: string, act: Act['do']): Act => ({ on: `${year}-${day}`, do: act })
    const all = [
      on('05-30', (at) => this.bringRoster(at)),
      on('06-20', (at) => this.closeBlocked(at)),
      on('06-21', (at) => this.override(at)),
      on('07-05', (at) => this.discover(at)),
      on('08-15', (at) => this.registerProblems(at)),
      on('10-10', (at) => this.drawSample(at)),
      on('10-12', (at) => this.samples.replace(at)),
    ]
    this.acts = all.filter((act) => instantAt(act.on, ACTS_AT) > start)
  }

  begin(campaign: string): void {
    this.campaign = campaign
  }

  /** What of it is told apart from any deadline. Until the roster came in, there was none that anybody had to reach. */
  get told(): ToldOfCounty {
    const { roster, story } = this.parts
    const unreached = (at: Instant) =>
      this.rosterFrom === null || at < this.rosterFrom
        ? 0
        : unreachedAt(at, roster, story, this.samples.checks)
    return { unreached, overrides: this.overrides }
  }

  nextAt(): Instant | null {
    const [next] = this.acts
    return next ? instantAt(next.on, ACTS_AT) : null
  }

  async act(at: Instant): Promise<void> {
    await this.acts
      .shift()
      ?.do(at)
      .catch((error: unknown) => {
        if (!(error instanceof ApiRefused)) throw error
        this.failed.push(`${beijingText(at)} ${error.message}`)
      })
  }

  private async bringRoster(at: Instant): Promise<void> {
    const { roster, desk } = this.parts
    const county = await desk.as(desk.centre)
    const { good, bad, added } = await county.importRoster(rosterFile(roster, desk.people))
    this.rosterFrom = at
    desk.played('roster-import')
    if (good !== roster.length || bad !== 0 || added !== roster.length)
      this.wrongCount.push(`名册 ${roster.length} 户,接口答登记 ${added} 户、有问题 ${bad} 行`)
  }

  /** Closed without a reason, a campaign with open work is refused, and the refusal names it. */
  private async closeBlocked(at: Instant): Promise<void> {
    const { desk } = this.parts
    const refusal = await this.refusalOf(desk.bureau, { action: 'close' })
    if (refusal?.status === 409 && refusal.message.includes('gate-shut')) desk.played('close-refused')
    else this.failed.push(`${beijingText(at)} 有未办结事项,行动却没有因此被拒绝结束`)
    await this.overrideAsCentre(at)
  }

  /** Whoever is no leader is refused, whatever the reason (R15). */
  private async overrideAsCentre(at: Instant): Promise<void> {
    const { desk } = this.parts
    const override = { action: 'override', phase: OVERRIDDEN.code, reason: '其余单位延后完成' }
    const refusal = await this.refusalOf(desk.centre, override)
    if (refusal?.status === 403) desk.played('override-refused')
    else this.failed.push(`${beijingText(at)} 救助中心放行一个阶段,没有被拒绝`)
  }

  private async refusalOf(office: string, body: object): Promise<ApiRefused | null> {
    const county = await this.parts.desk.as(office)
    return county.onCampaign(this.campaign, body).then(
      () => null,
      (error: unknown) => {
        if (error instanceof ApiRefused) return error
        throw error
      },
    )
  }

  private async override(at: Instant): Promise<void> {
    const { story, phaseItems, desk } = this.parts
    const open = story.turns.filter(
      (turn) => phaseItems.has(turn.item) && turn.endedAt === null && !isBeside(turn),
    )
    const { code: phase, title } = OVERRIDDEN
    const leader = await desk.as(desk.bureau)
    const shut = (await leader.gates(this.campaign)).find(
      (one) => one.code === phase && one.state !== 'closed',
    )
    const blockers = shut?.gate.blockerCount ?? 0
    if (blockers !== open.length)
      this.wrongCount.push(`还应有 ${open.length} 件挡着“${title}”结束,接口答 ${blockers} 件`)
    // With nothing left there is nothing to let pass.
    if (open.length === 0) return blockers === 0 ? desk.played('phase-override') : undefined
    const reason = '其余单位延后完成,不影响下一阶段'
    await leader.onCampaign(this.campaign, { action: 'override', phase, reason })
    this.overrides.push({ at, title, blockers: open.length })
    desk.played('phase-override')
  }

  /** A part of the year that begins after the roster came in has nobody to draw. */
  private async drawSample(at: Instant): Promise<void> {
    if (this.rosterFrom !== null) await this.samples.draw(at)
  }

  /** A grid worker finds a household; the second time it is shown as a twin. */
  private async discover(at: Instant): Promise<void> {
    const { desk } = this.parts
    const office = desk.towns[1]!
    const county = await desk.as(office)
    const person = { name: '发现户甲', idNo: madeUpNumber(900), phone: '', village: '演练村' }
    const before = await county.twinsOf(office, person)
    const found = await county.register({ kind: 'warning', level: 'yellow', office, person })
    const after = await county.twinsOf(office, person)
    desk.played('discovery')
    if (before !== 0 || after !== 1)
      this.wrongCount.push(`主动发现的户应有 0、1 个可能的同一户,接口答 ${before}、${after}`)
    const item = {
      item: 'discovery',
      title: '黄色预警核查',
      office,
      kind: 'warning',
      level: 'yellow',
      keyGroup: false,
    }
    desk.takeOn(found, desk.itemOf(item), null, at)
  }

  private async registerProblems(at: Instant): Promise<void> {
    const { desk, year } = this.parts
    const dueOn = `${year}-09-30`
    const offices = desk.towns.slice(0, 4)
    const about = { origin: 'audit', type: 'wrong-cover', wrong: '审计查出一户不应享受而享受', dueOn }
    const county = await desk.as(desk.centre)
    const { items } = await county.registerProblems({ offices, ...about })
    desk.played('problem-register')
    if (items.length !== offices.length)
      this.wrongCount.push(`问题应登记 ${offices.length} 件,接口答 ${items.length} 件`)
    for (const code of offices) {
      const id = items.find(({ office }) => office.code === code)?.id
      if (id === undefined) {
        this.wrongCount.push(`${code} 应有一件问题整改,接口没有登记`)
        continue
      }
      const named = { item: `problem ${code}`, title: '审计发现的错保问题整改', office: code }
      const item = desk.itemOf({ ...named, kind: 'rectification', withEvidence: true })
      desk.takeOn(await county.obligation(id), item, dueOn, at)
    }
  }
}
