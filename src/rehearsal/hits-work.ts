import { beijingText, type Day, dayOf, type Instant, instantAt } from '../domain/time/days.ts'
import type { ApiComparison, ApiHits, ApiImport } from './county-answers.ts'
import type { Desk } from './desk.ts'
import type { Actor } from './driver.ts'
import type { ExpectedHistory, StoryItem } from './expected-history.ts'
import type { ExpectedWork } from './expected-work.ts'
import { type Hit, hitsFile, hitsOfComparison, readable, resultOfHits } from './hits-file.ts'
import { ApiRefused } from './http.ts'
import type { Preparing } from './preparing.ts'

type Act = { on: Day; do: (at: Instant, settled: () => Promise<void>) => Promise<void> }
type Parts = {
  year: number
  seed: number
  start: Instant
  desk: Desk
  story: ExpectedHistory
  preparing: Preparing
  work: readonly ExpectedWork[]
}
/** Which comparison it is, what its file held, and the warnings that came of it. */
type Brought = { id: string; item: StoryItem; hits: readonly Hit[]; file: string; warnings: string[] }

const TITLE = '与医保局上半年数据比对'
const ACTS_AT = '10:10'

/** A comparison's hits come in as a file that raises warnings, linked both ways (R3); its numbers are held against the file. */
export class HitsWork implements Actor {
  readonly wrongCount: string[] = []
  readonly failed: string[] = []
  /** That a wrong number was refused; the file's links were looked up so many times. */
  readonly played = { refused: 0, lookedUp: 0 }
  private readonly parts: Parts
  private readonly acts: Act[]
  private brought: Brought | null = null

  constructor(parts: Parts) {
    this.parts = parts
    const { year, start } = parts
    const all: Act[] = [
      { on: `${year}-06-01`, do: (at, settled) => this.bring(at, settled) },
      { on: `${year}-06-02`, do: (at) => this.tellOtherwise(at) },
      { on: `${year}-12-28`, do: () => this.lookUp() },
    ]
    this.acts = all.filter(({ on }) => instantAt(on, ACTS_AT) > start)
  }

  nextAt(): Instant | null {
    const [next] = this.acts
    return next ? instantAt(next.on, ACTS_AT) : null
  }

  async act(at: Instant, settled: () => Promise<void>): Promise<void> {
    await this.acts
      .shift()
      ?.do(at, settled)
      .catch((error: unknown) => {
        if (!(error instanceof ApiRefused)) throw error
        this.failed.push(`${beijingText(at)} ${error.message}`)
      })
  }

  private async bring(at: Instant, settled: () => Promise<void>): Promise<void> {
    const { desk, seed, work, preparing } = this.parts
    const item = work.find(({ title }) => title === TITLE)
    if (!item) return
    const centre = await desk.as(desk.centre)
    const comparison = (await centre.openOf('comparison')).find(({ title }) => title === TITLE)
    if (!comparison) return void this.wrongCount.push(`${TITLE} 应已立项`)
    const hits = hitsOfComparison(seed, desk.people)
    const file = hitsFile(hits, desk.people, dayOf(at))
    const { id } = await centre.uploadHits(comparison.id, '医保局比对命中.csv', file)
    await settled()
    this.wrongCount.push(...importFaults(hits, await centre.importById(id)))
    const warnings: string[] = []
    for (const hit of readable(hits)) warnings.push(...(await this.takeUp(hit, at)))
    this.brought = { id: comparison.id, item, hits, file: id, warnings }
    preparing.listed.set(item.item, resultOfHits(hits, file))
    await this.lookUp()
  }

  /** The town finds the warning by its number. @returns its id */
  private async takeUp(hit: Hit, at: Instant): Promise<string[]> {
    const { desk } = this.parts
    const { externalId: number, town: office, level, keyGroup } = hit
    const found = await (await desk.as(desk.centre)).byExternalId(number)
    if (!found) {
      this.wrongCount.push(`命中名单的 ${number} 应登记为预警`)
      return []
    }
    const said = [found.office.code, found.level, found.group !== null]
    const expected = [office, level, keyGroup]
    if (said.join() !== expected.join())
      this.wrongCount.push(`${number} 应为 ${expected.join()},接口答 ${said.join()}`)
    desk.takeOn(
      found,
      desk.itemOf({ item: number, name: number, office, kind: 'warning', level, keyGroup }),
      null,
      at,
    )
    return [found.id]
  }

  /** Whoever hands in another number of warnings than the file raised, and says not why, is refused with both. */
  private async tellOtherwise(at: Instant): Promise<void> {
    if (this.brought === null) return
    const { id, item, hits } = this.brought
    const raised = readable(hits).length
    const result = {
      day: dayOf(at),
      compared: 4_200,
      hits: hits.length + 2,
      raised: raised + 2,
      how: 'id-number',
    }
    const [answer] = await (await this.parts.desk.as(item.office)).act('submit', [id], { result })
    if (
      answer?.ok === false &&
      answer.why.includes(`${raised + 2} 条`) &&
      answer.why.includes(`${raised} 条`)
    )
      this.played.refused += 1
    else
      this.failed.push(
        `${beijingText(at)} ${TITLE} 报的预警条数与命中名单不同,应被拒绝并说出两个数:${answer?.why ?? ''}`,
      )
    await this.lookUp()
  }

  /** Both ways: what the comparison says it raised, and where each warning says it came from. */
  private async lookUp(): Promise<void> {
    if (this.brought === null) return
    const { desk, story } = this.parts
    const { id, item, warnings } = this.brought
    const centre = await desk.as(desk.centre)
    const isHandedIn = story.turns.some((turn) => turn.item === item.item && turn.stage === 'review')
    this.wrongCount.push(...linkFaults(this.brought, await centre.hitsOf(id)))
    this.wrongCount.push(...ledgerFaults(this.brought.hits, isHandedIn, await centre.comparison(id)))
    for (const warning of warnings) {
      const { comparison } = await centre.hitsOf(warning)
      if (comparison !== id)
        this.wrongCount.push(`预警 ${warning} 应由 ${TITLE} 命中,接口答 ${comparison ?? '没有'}`)
    }
    this.played.lookedUp += 1
  }
}

export function importFaults(
  hits: readonly Hit[],
  { state, registered, refused, duplicates, changed }: ApiImport,
): string[] {
  const good = readable(hits).length
  const expected = `applied,${good},${hits.length - good},0,0`
  const said = [state, registered, refused, duplicates, changed].join()
  return said === expected ? [] : [`命中名单的导入应为 ${expected},接口答 ${said}`]
}

export function linkFaults(
  { hits, file, warnings }: Pick<Brought, 'hits' | 'file' | 'warnings'>,
  { raised, hitsFiles }: ApiHits,
): string[] {
  const expected = [...warnings].sort().join('、')
  const said = raised
    .map(({ id }) => id)
    .sort()
    .join('、')
  const files = (hitsFiles ?? []).map(({ id, rows, registered }) => `${id} ${rows} ${registered}`).join('、')
  const expectedFiles = `${file} ${hits.length} ${readable(hits).length}`
  return [
    ...(said === expected ? [] : [`${TITLE} 产生的预警应为 ${expected},接口答 ${said}`]),
    ...(files === expectedFiles ? [] : [`${TITLE} 的命中名单应为 ${expectedFiles},接口答 ${files}`]),
  ]
}

/** The ledger has a line from the start; once it was handed in, with the numbers of the file. */
export function ledgerFaults(
  hits: readonly Hit[],
  isHandedIn: boolean,
  line: ApiComparison | undefined,
): string[] {
  if (line === undefined) return [`台账中应有 ${TITLE},接口没有这一行`]
  const expected = isHandedIn ? `${hits.length},${readable(hits).length}` : ','
  const said = [line.hits, line.raised].join()
  return said === expected ? [] : [`台账中 ${TITLE} 的命中和预警应为 ${expected},接口答 ${said}`]
}
