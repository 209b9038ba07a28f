import { groupBy } from '../domain/grouping.ts'
import { beijingText, type Instant } from '../domain/time/days.ts'
import type { CountyApi } from './county-api.ts'
import type { ExpectedHistory, StoryTurn } from './expected-history.ts'
import { effectOf, type ExpectedEffect, movedOf, recountAll } from './expected-recount.ts'
import type { Officers } from './officers.ts'
import type { PolicyVersion } from './second-policy.ts'
import type { StoryDayChange } from './told-of-life.ts'

/** How often something is open, sent back or under review; what is paused has a day of its own. */
const STATES = ['open', 'submitted', 'returned']

type Parts = { officers: Officers; story: ExpectedHistory }
/** `why`: the words that whoever gains or loses days reads. `version`: the rules that all that is open is put under. */
export type Recounting = { at: Instant; why: string; version: PolicyVersion | null }

/** What a change of days or rules does to what is open: counted apart, and held against what the API answers and has afterwards. */
export class RecountWork {
  readonly dayChanges: StoryDayChange[] = []
  readonly wrongCount: string[] = []
  readonly wrongDue: string[] = []
  private readonly parts: Parts

  constructor(parts: Parts) {
    this.parts = parts
  }

  /**
   * Days or rules are otherwise from now on.
   * @param said what the API said of it, before and after
   * @returns whether anybody gained or lost days by it
   */
  async follow(
    { at, why, version }: Recounting,
    said: readonly ExpectedEffect[],
    county: CountyApi,
  ): Promise<boolean> {
    const changed = recountAll(this.parts.story, at, version)
    const expected = effectOf(changed, at)
    for (const effect of said) this.compare(expected, effect, `${beijingText(at)} ${why}`)
    this.rewrite(changed)
    for (const [office, turns] of groupBy(movedOf(changed), (turn) => turn.office))
      this.dayChanges.push({ office, why, at, ...effectOf(turns, at), names: turns.map((t) => t.called) })
    const compared = (await Promise.all(STATES.map((state) => this.compareDays(state, county)))).flat()
    this.wrongCount.push(...unreached(this.inHand, new Set(compared), `${beijingText(at)} ${why}`))
    return movedOf(changed).length > 0
  }

  private compare(expected: ExpectedEffect, said: ExpectedEffect, what: string): void {
    for (const key of Object.keys(expected) as (keyof ExpectedEffect)[])
      if (expected[key] !== said[key])
        this.wrongCount.push(`${what}:${key} 应为 ${expected[key]} 件,接口答 ${said[key]} 件`)
  }

  /** Cases go on with the turn that they have now; what was planned stays planned. */
  private rewrite(changed: readonly StoryTurn[]): void {
    const { book } = this.parts.officers
    const after = new Map(changed.map((turn) => [turn.before, turn]))
    for (const of of book.open) {
      const turn = after.get(of.turn)
      if (turn) book.amend({ ...of, turn })
    }
  }

  /** What officers have in hand, performed or reviewed. */
  private get inHand(): string[] {
    const open = this.parts.officers.book.open.filter(({ turn }) => turn.endedAt === null)
    return open.filter(({ paused }) => paused === undefined).map(({ id }) => id)
  }

  /** @returns what was compared */
  private async compareDays(state: string, county: CountyApi): Promise<string[]> {
    const cases = new Map(this.parts.officers.book.open.map((of) => [of.id, of]))
    const compared: string[] = []
    for (const { id, holder } of await county.inState(state)) {
      const of = cases.get(id)
      if (!of || !holder) continue
      compared.push(id)
      if (holder.dueOn !== of.turn.dueOn)
        this.wrongDue.push(`${of.item.item}:应为 ${of.turn.dueOn},接口答 ${holder.dueOn}`)
    }
    return compared
  }
}

/** What is in hand and was not among what the API has: its day was compared with nothing. */
export function unreached(inHand: readonly string[], compared: ReadonlySet<string>, what: string): string[] {
  const left = inHand.filter((id) => !compared.has(id))
  return left.length === 0
    ? []
    : [`${what}:应核对 ${inHand.length} 件的到期日,接口答的里没有其中 ${left.length} 件`]
}
