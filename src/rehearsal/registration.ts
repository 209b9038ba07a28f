import { beijingText, type Instant } from '../domain/time/days.ts'
import type { ApiImport, ApiObligation } from './county-answers.ts'
import type { CountyApi } from './county-api.ts'
import type { Actor } from './driver.ts'
import type { Officers } from './officers.ts'
import type { People } from './people.ts'
import type { Batch, IssuedRow } from './warnings-file.ts'

/** The platform: publishes each part of the export when its rows were issued. */
export class Registration implements Actor {
  readonly rows = { registered: 0, refused: 0, duplicates: 0 }
  readonly wrongDue: string[] = []
  readonly failed: string[] = []
  private readonly county: CountyApi
  private readonly officers: Officers
  private readonly people: People
  private readonly batches: Batch[]
  private readonly known = new Set<string>()

  constructor(county: CountyApi, officers: Officers, people: People, batches: readonly Batch[]) {
    this.county = county
    this.officers = officers
    this.people = people
    this.batches = [...batches]
  }

  /** What is wrong with the file as a whole, once all of it came in. */
  get fileFailures(): string[] {
    const { registered, refused } = this.rows
    return registered === 0 && refused > 0 ? [`${refused} 行预警全被拒绝,没有登记任何一行`] : []
  }

  nextAt(): Instant | null {
    return this.batches[0]?.at ?? null
  }

  async act(at: Instant, settled: () => Promise<void>): Promise<void> {
    const batch = this.batches.shift()
    if (!batch) return
    const { id } = await this.county.upload(`预警-${beijingText(at).replace(/\D/g, '')}.csv`, batch.file)
    await settled()
    const answer = await this.county.importById(id)
    this.count(answer, batch)
    const before = this.known.size
    if (answer.registered > 0) for (const row of batch.rows) await this.lookUp(row, at)
    const found = this.known.size - before
    if (found !== answer.registered)
      this.failed.push(`${beijingText(at)} 的导入登记 ${answer.registered} 条,列表中却找到 ${found} 条`)
  }

  /** Every row is accounted for: registered, refused or recognised (R20). */
  private count({ state, registered, duplicates, changed, refused }: ApiImport, batch: Batch): void {
    this.rows.registered += registered
    this.rows.duplicates += duplicates + changed
    this.rows.refused += refused
    if (state !== 'applied') this.failed.push(`${beijingText(batch.at)} 的导入停在 ${state}`)
    else if (registered + duplicates + changed + refused !== batch.rows.length)
      this.failed.push(`${beijingText(batch.at)} 的导入有 ${batch.rows.length} 行,有的没有交代`)
  }

  /** Officers find a new warning by its number; a refused row has none. */
  private async lookUp(row: IssuedRow, at: Instant): Promise<void> {
    if (row.externalId === '' || row.issuedOn === null || this.known.has(row.externalId)) return
    const found = await this.county.byExternalId(row.externalId)
    if (found) this.takeOn(found, row.issuedOn, at)
  }

  private takeOn(found: ApiObligation, startOn: string, startedAt: Instant): void {
    const { id, externalId, kind, level, office, dueOn, group } = found
    const item = {
      item: externalId ?? id,
      ...(externalId === null ? {} : { name: externalId }),
      kind,
      level,
      office: office.code,
      reviewer: this.people.reviewerOf(office.code),
      keyGroup: group !== null,
    }
    this.known.add(item.item)
    const turn = this.officers.takeOn(id, item, { startOn, fixedDueOn: null, startedAt })
    if (turn.dueOn !== dueOn) this.wrongDue.push(`${item.item}:应为 ${turn.dueOn},接口答 ${dueOn}`)
  }
}
