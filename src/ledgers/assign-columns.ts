import { formsOf, nameKey } from './column-names.ts'
import { type Field, FIELDS } from './columns.ts'
import { agrees, contradicts, isSwapped, unmistakableField } from './content.ts'
import type { FileColumn } from './file-columns.ts'
import { isOfOthers } from './likeness.ts'
import type { Confidence } from './mapping.ts'
import { repeatedFields } from './repeated-columns.ts'

/** The column of a field. `byName`: its name speaks for it, so that the next file has it too. */
export type Assigned = { column: FileColumn; confidence: Exclude<Confidence, 'none'>; byName: boolean }
export type Assignment = Map<Field, Assigned>
/** Why a field has a column. */
type Grounds = Omit<Assigned, 'column'>
const BY_NAME: Grounds = { confidence: 'certain', byName: true }

/** Content alone is enough for these: nothing else in such a file looks like them. */
const BY_CONTENT = ['idNo', 'level', 'town'] as const satisfies readonly Field[]
/** What content makes likely, from what is most like nothing else to what is most like anything. */
const LIKELY_BY_CONTENT: readonly Field[] = [
  ...BY_CONTENT,
  ...(['phone', 'issuedAt', 'source', 'cause', 'group', 'village', 'name', 'externalId', 'detail'] as const),
]
const LIKELY_SHARE = 0.8

/**
 * Gives each field its column, the surest first: the platform's own name, another name of the same, a near name
 * whose content agrees, content that nothing else has; then what is only likely.
 * @param given what somebody has said already: a field, or null for a column that fills none
 * @returns the columns, and the fields for which two columns of one name hold something: those are left open
 */
export function assignColumns(
  columns: readonly FileColumn[],
  given: ReadonlyMap<FileColumn, Field | null>,
): { assignment: Assignment; repeated: ReadonlySet<Field> } {
  const assignment: Assignment = new Map()
  const used = new Set(given.keys())
  const take = (field: Field, column: FileColumn, grounds: Grounds) => {
    assignment.set(field, { column, ...grounds })
    used.add(column)
  }
  /** Asks a rule for the column of each field that has none yet. */
  const fill = (fields: readonly Field[], rule: Rule, grounds: Grounds) => {
    for (const field of fields.filter((each) => !assignment.has(each) && !repeated.has(each))) {
      const column = rule(field, freeFor(field))
      if (column) take(field, column, grounds)
    }
  }
  const freeFor = (field: Field) => columns.filter((c) => !used.has(c) && mayFill(field, c, columns))
  for (const [column, field] of given) if (field) take(field, column, BY_NAME)
  const open = FIELDS.filter((field) => !assignment.has(field))
  const repeated = repeatedFields(open, freeFor)
  fill(FIELDS, (field, free) => onlyNamed(field, free, 'exact'), BY_NAME)
  fill(FIELDS, (field, free) => onlyNamed(field, free, 'alias'), BY_NAME)
  fill(FIELDS, nearAndAgreeing, BY_NAME)
  fill(BY_CONTENT, onlyByContent, { confidence: 'certain', byName: false })
  fill(FIELDS, (field, free) => free.find((c) => c.named?.field === field), {
    confidence: 'likely',
    byName: true,
  })
  fill(LIKELY_BY_CONTENT, mostlyByContent, { confidence: 'likely', byName: false })
  return { assignment, repeated }
}

type Rule = (field: Field, free: readonly FileColumn[]) => FileColumn | undefined

/** Numbers that only count the rows come again next week for other warnings. */
function mayFill(field: Field, { content }: FileColumn, columns: readonly FileColumn[]): boolean {
  if (field === 'externalId' && content.counts) return false
  const others = columns.map((column) => column.content)
  return !contradicts(field, content) && !isSwapped(field, content, others)
}

/** The column of that name; of several, the one that holds something, or whose content alone agrees. */
function onlyNamed(
  field: Field,
  free: readonly FileColumn[],
  rank: 'exact' | 'alias',
): FileColumn | undefined {
  const named = free.filter((c) => c.named?.field === field && c.named.rank === rank)
  const filled = named.filter((c) => c.content.filled > 0)
  if (filled.length <= 1) return isDoubtful(filled[0], field, free) ? undefined : (filled[0] ?? named[0])
  const agreeing = filled.filter((c) => agrees(field, c.content))
  return agreeing.length === 1 ? agreeing[0] : undefined
}

/** A name that a list of households may have for its own numbers. */
const ANYBODYS_NUMBER = nameKey('编号')
/** The head of the household, who need not be the one that is warned of. */
const OF_THE_HEAD = /^户主/

/** Whether a column stands beside another that its name fits no less: a number of whatever, the head of the household. */
function isDoubtful(column: FileColumn | undefined, field: Field, free: readonly FileColumn[]): boolean {
  if (!column || !mayBeOfAnother(column, field)) return false
  return free.some((c) => c !== column && c.named?.field === field && agrees(field, c.content))
}

function mayBeOfAnother({ key }: FileColumn, field: Field): boolean {
  const name = formsOf(key).at(-1) ?? key
  if (field === 'externalId') return name === ANYBODYS_NUMBER
  return (field === 'name' || field === 'idNo') && OF_THE_HEAD.test(name)
}

/** A near name is enough when the content says the same; of several, none is surer. */
function nearAndAgreeing(field: Field, free: readonly FileColumn[]): FileColumn | undefined {
  const near = free.filter((c) => c.named?.field === field && c.named.rank !== 'exact')
  const agreeing = near.filter((c) => c.named?.rank !== 'alias' && agreesOrIsEmpty(field, c))
  return near.length === 1 ? agreeing[0] : undefined
}

/** An empty column of the same words loses nothing; a text has no form to agree with. */
function agreesOrIsEmpty(field: Field, { content, named }: FileColumn): boolean {
  if (agrees(field, content)) return true
  const text = field === 'detail' && content.share.detail >= 0.5
  const empty = content.filled === 0 && FIELDS_WITHOUT_HARM.has(field)
  return named?.rank === 'same-words' && (text || empty)
}

const FIELDS_WITHOUT_HARM: ReadonlySet<Field> = new Set(['cause', 'group', 'source', 'village', 'detail'])

function onlyByContent(field: Field, free: readonly FileColumn[]): FileColumn | undefined {
  const alike = free.filter((c) => unmistakableField(c.content) === field)
  const [only] = alike
  return alike.length === 1 && only && !saysOther(field, only) ? only : undefined
}

function mostlyByContent(field: Field, free: readonly FileColumn[]): FileColumn | undefined {
  const alike = free.filter((c) => likelihood(field, c) >= LIKELY_SHARE && !isOfOthers(c.key))
  const open = alike.filter((c) => unmistakableField(c.content) === field || !saysOther(field, c))
  return open.sort((a, b) => b.content.share[field] - a.content.share[field])[0]
}

/** Towns that this county has not are towns all the same; counties look like names of people. */
function likelihood(field: Field, { content }: FileColumn): number {
  if (field === 'name' && content.placesInFull >= 0.5) return 0
  return field === 'town' ? content.townLike : content.share[field]
}

/** Whether the name of a column says something else than this field. */
function saysOther(field: Field, { key, named }: FileColumn): boolean {
  return isOfOthers(key) || (named !== undefined && named.field !== field && isSure(named.rank))
}

function isSure(rank: NonNullable<FileColumn['named']>['rank']): boolean {
  return rank === 'exact' || rank === 'alias'
}
