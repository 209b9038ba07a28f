import { pointerToken } from '../../domain/json-pointer.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import {
  type GivenMapping,
  type MappingFault,
  type ReadMapping,
  readMapping,
} from '../../ledgers/given-mapping.ts'
import { NUMBER_FIELDS, numberFieldNamed } from '../../ledgers/number-layout.ts'
import { mergeColumns, mergeWords } from '../../ledgers/merge-mapping.ts'
import { isText } from '../../ledgers/records.ts'
import { placesOf } from '../../ledgers/place-path.ts'
import { meaningsOf, wordFieldNamed } from '../../ledgers/word-meanings.ts'
import { hasDecided } from '../../services/imports/changes-store.ts'
import type { Sql } from '../../db/pool.ts'
import { FINDINGS_DROPPED, findingsOf } from '../../services/imports/findings.ts'
import { storedColumns, storedWords } from '../../services/imports/known-mapping.ts'
import { forgetMended } from '../../services/imports/mended.ts'
import type { ImportRow, Progress } from '../../services/imports/store.ts'
import { officesAbove, townsOf } from '../../services/people/offices.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import { ApiError } from '../http/errors.ts'

export type MapAction = GivenMapping & { refuseUnknown?: boolean | undefined }

/** What becomes of an import whose columns or words somebody explains: it is read anew. @throws ApiError 409 or 422 */
export async function mapImport(
  tx: Sql,
  { keys, one, actor }: { keys: Keyring; one: ImportRow; actor: Pick<Actor, 'id'> },
  action: MapAction,
): Promise<Progress> {
  if (one.state !== 'mapping-needed' && one.state !== 'validated')
    throw new ApiError(409, `not-while-${one.state}`, '只有等待说明的、检查完毕尚未登记的导入才能这样做。')
  await mustNotHaveDecided(tx, one)
  mustSaySomething(action)
  const { survey, names: read, sheets, sheetRead } = findingsOf(keys, one)
  const asked = survey?.columns.map(({ name }) => name) ?? read
  // Of another sheet the columns are not known yet.
  const names = asked.length > 0 && action.sheet === undefined ? asked : undefined
  const towns = await townsOf(tx, one.county)
  const { columns, words } = mustFit(
    readMapping(asGivenFor(one.kind, action), {
      towns,
      places: await placesAbove(tx, one.county),
      names,
      sheets: sheets.map(({ name }) => name),
    }),
  )
  const wordsBefore = storedWords(one.givenWords, (field) => meaningsOf(field, towns))
  // The only sheet that could be meant was read without being said; what is said now is said of it.
  const before = one.givenSheet ?? sheetRead
  const hasSheets = one.encoding === null || !isText(one.encoding)
  if (hasSheets && action.sheet !== undefined && action.sheet !== before) await forgetMended(tx, keys, one.id)
  return {
    state: 'validating',
    givenSheet: action.sheet ?? before,
    givenColumns: mergeColumns(storedColumns(one.givenColumns), columns),
    givenWords: mergeWords(wordsBefore, words),
    givenBy: actor.id,
    refuseUnknown: action.refuseUnknown ?? one.refuseUnknown,
    ...FINDINGS_DROPPED,
  }
}

/**
 * Reading anew would forget what somebody has decided: what was dismissed would be written after all, and what was written could not be taken
 * back. The code says less than the sentence does; clients may match it, so it stays.
 * @throws ApiError 409
 */
export async function mustNotHaveDecided(
  tx: Sql,
  { id, state }: Pick<ImportRow, 'id' | 'state'>,
): Promise<void> {
  if (await hasDecided(tx, id))
    throw new ApiError(
      409,
      `not-while-${state}`,
      '有更改已经决定采用或不采用,重新检查就不作数了:请先登记(apply),其余的登记后再改;或取消后重新导入。',
    )
}

/** What came with an upload of its columns and words, as it is stored. @throws ApiError 422 */
export async function givenWith(
  sql: Sql,
  county: string,
  written: GivenMapping,
  kind: ImportRow['kind'] = 'warnings',
): Promise<Pick<ImportRow, 'givenSheet' | 'givenColumns' | 'givenWords'>> {
  const given = asGivenFor(kind, written)
  const givenSheet = given.sheet ?? null
  if (!given.columns && !given.words && !given.sheet && !given.without)
    return { givenSheet, givenColumns: null, givenWords: null }
  const known = { towns: await townsOf(sql, county), places: await placesAbove(sql, county) }
  const { columns, words } = mustFit(readMapping(given, known))
  return { givenSheet, givenColumns: columns, givenWords: words }
}

/** What is said of a list of withdrawn numbers, which has columns of its own. @throws ApiError 422 for a column that only a file of warnings has */
function asGivenFor<Given extends GivenMapping>(kind: ImportRow['kind'], given: Given): Given {
  if (kind === 'warnings' || !given.columns) return given
  const read = Object.entries(given.columns).map(
    ([name, said]) => [name, said === null ? null : numberFieldNamed(said)] as const,
  )
  const strange = read.filter(([, field]) => field === undefined)
  if (strange.length > 0)
    throw badMapping(
      strange.map(([name]) => ({
        pointer: `/body/columns/${pointerToken(name)}`,
        message: `撤回名单没有这个字段;可以写:${NUMBER_FIELDS},不用的列写 null(命令里写 -)`,
      })),
    )
  return { ...given, columns: Object.fromEntries(read.map(([name, field]) => [name, field ?? null])) }
}

async function placesAbove(sql: Sql, county: string): Promise<string[]> {
  return placesOf(await officesAbove(sql, county))
}

/** What the trail says of an action: fields and counts, since names and words are free text. */
export function mapDetail({ refuseUnknown = false, ...given }: MapAction) {
  return { action: 'map', ...saidWith(given), refuseUnknown }
}

/** How much is said of a file's columns and words. */
export function saidWith({ sheet, columns = {}, words = {}, without = [] }: GivenMapping) {
  const counts = Object.entries(words).map(
    ([field, said]) => [wordFieldNamed(field) ?? '?', Object.keys(said).length] as const,
  )
  const said = { columns: Object.keys(columns).length + without.length, words: Object.fromEntries(counts) }
  return sheet === undefined ? said : { sheet: true, ...said }
}

function mustSaySomething({ sheet, columns, words, without = [], refuseUnknown }: MapAction): void {
  if (sheet !== undefined || without.length > 0) return
  if (Object.keys(columns ?? {}).length + Object.keys(words ?? {}).length > 0 || refuseUnknown) return
  throw badMapping([
    { pointer: '/body', message: 'sheet、columns、words、without、refuseUnknown 至少要有一个' },
  ])
}

function mustFit(read: ReadMapping): ReadMapping {
  if (read.faults.length > 0) throw badMapping(read.faults)
  return read
}

function badMapping(faults: MappingFault[]): ApiError {
  return new ApiError(422, 'bad-mapping', '列或词的说明有不合要求的,请按所列的逐项修改。', faults)
}
