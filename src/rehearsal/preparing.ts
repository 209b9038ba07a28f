import { dayOf, type Instant } from '../domain/time/days.ts'
import type { ActionCode } from '../domain/obligation/actions.ts'
import type { CountyApi } from './county-api.ts'
import type { StoryItem } from './expected-history.ts'
import { owedBy, type RosterHousehold } from './roster-file.ts'

type Prepared = { id: string; item: StoryItem; action: ActionCode; detail: object }
type Work = (prepared: Prepared, county: CountyApi, at: Instant) => Promise<object>
/** Whom a town visits where the roster has nobody for it. */
const STRANGER = { name: '走访户甲', village: '演练村' }
const EVIDENCE = '%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n'

/** What somebody does before they hand something in: visits of the roster, files that show what was done, what they looked back at. */
export class Preparing {
  /** What comparisons came to whose hits came in as a file, by item. */
  readonly listed = new Map<string, object>()
  /** How many households each screening that was handed in has written down, by item. */
  readonly visited = new Map<string, number>()
  private readonly miscounted: string[] = []
  private readonly attached = new Set<string>()
  private readonly roster: readonly RosterHousehold[]
  private readonly lookingBack: readonly string[]

  /** @param lookingBack the towns whose look-back finds a problem */
  constructor(roster: readonly RosterHousehold[], lookingBack: readonly string[]) {
    this.roster = roster
    this.lookingBack = lookingBack
  }

  /** Screenings that have other households than the roster says, in a fixed order: they are found side by side. */
  get wrongCount(): string[] {
    return this.miscounted.toSorted()
  }

  /** How many problems were shown to be put right, by a file. */
  get shown(): number {
    return this.attached.size
  }

  /** Whether something is done before this. */
  concerns({ item, action }: Prepared): boolean {
    return action === 'submit' && this.work[item.kind] !== undefined
  }

  /** @returns what is handed in */
  async prepare(prepared: Prepared, county: CountyApi, at: Instant): Promise<object> {
    return (await this.work[prepared.item.kind]?.(prepared, county, at)) ?? prepared.detail
  }

  /** What is done before a thing of a kind is handed in. */
  private readonly work: Partial<Record<string, Work>> = {
    screening: ({ id, item }, county, at) => this.visit(id, item, county, at),
    comparison: ({ item, detail }) => Promise.resolve(withHits(detail, this.listed.get(item.item))),
    rectification: ({ id, item, detail }, county) =>
      item.withEvidence === true ? this.show(id, detail, county) : Promise.resolve(detail),
    launch: ({ item, detail }) =>
      Promise.resolve(this.lookingBack.includes(item.office) ? withProblem(detail) : detail),
  }

  /** Everybody the roster has is visited, or one household it does not have, so that the counts come from the entries. */
  private async visit(
    id: string,
    item: StoryItem,
    { screenings }: CountyApi,
    at: Instant,
  ): Promise<{ result: object }> {
    const [title = ''] = item.item.split('@')
    const owed = owedBy(title, item.office, this.roster)
    const visit = { visitedOn: dayOf(at), finding: 'ineligible', follow: 'monitored', visitors: '演练网格员' }
    if (owed.length > 0) {
      const { total, left } = await screenings.fromRoster(id)
      if (total !== owed.length)
        this.miscounted.push(`${item.item} 应有逐户记录 ${owed.length} 户,接口答 ${total} 户`)
      for (const entry of left) await screenings.record(id, entry, visit)
    } else if (!this.visited.has(item.item)) await screenings.add(id, STRANGER, visit)
    this.visited.set(item.item, Math.max(owed.length, 1))
    return { result: {} }
  }

  private async show(id: string, detail: object, county: CountyApi): Promise<object> {
    if (!this.attached.has(id)) await county.attach(id, '整改照片.pdf', new TextEncoder().encode(EVIDENCE))
    this.attached.add(id)
    return 'result' in detail ? { result: { note: '已整改到位,材料见附件' } } : detail
  }
}

function withHits(detail: object, listed: object | undefined): object {
  return listed === undefined ? detail : { result: { ...(detail as { result: object }).result, ...listed } }
}

function withProblem(detail: object): object {
  const { result } = detail as { result: { lookBack: object[] } }
  const found = { policy: 'due-exit', finding: '一户已迁出,补助仍在发放', problem: true }
  return { result: { ...result, lookBack: [...result.lookBack, found] } }
}
