import { knownName, nameKey } from '../../ledgers/column-names.ts'
import { numberFieldNamed, WITHDRAWAL_REASON } from '../../ledgers/number-layout.ts'
import { type MappedOutcome, samplesOf } from './mapping-asked.ts'
import { fieldLabel } from './said-mapping.ts'

type Column = { name: string; field: string | null; samples?: string[]; confidence?: string }
type Read = Pick<MappedOutcome, 'kind' | 'columns' | 'mapping' | 'state'>

/**
 * What each column was taken for, before anything is asked or registered. Columns without a known name come one by one:
 * somebody checks those.
 */
export function recognisedLines({ kind, state, columns = [], mapping }: Read): string[] {
  if (!['mapping-needed', 'validated'].includes(state)) return []
  const asked = mapping?.columns ?? []
  const all: readonly Column[] = asked.length > 0 ? asked : columns
  const taken = all.filter(
    ({ field, confidence }) => field !== null && !isAsked(asked.length > 0, confidence),
  )
  const alike = taken.filter((column) => !isNamed(column, kind))
  return [
    ...(taken.length > alike.length
      ? [`按列名认出 ${taken.length - alike.length} 列:${namesOf(taken, alike)}`]
      : []),
    ...(alike.length > 0
      ? [`认出的列(请核对,不对的用 --map 说明):${alike.map((c) => takenFor(c, kind)).join('、')}`]
      : []),
    ...(asked.length === 0 ? unusedLine(all) : []),
  ]
}

/** The same in one line, for whoever reads on a terminal and is asked next: names that say what they are need no check. */
export function recognisedLine({ kind, state, columns = [], mapping }: Read, explains = true): string[] {
  if (!['mapping-needed', 'validated'].includes(state)) return []
  const asked = mapping?.columns ?? []
  const all: readonly Column[] = asked.length > 0 ? asked : columns
  const taken = all.filter(
    ({ field, confidence }) => field !== null && !isAsked(asked.length > 0, confidence),
  )
  if (taken.length === 0) return []
  const alike = taken.filter((column) => !isNamed(column, kind)).map((column) => takenFor(column, kind))
  const unused = asked.length > 0 ? [] : all.filter(({ field }) => field === null).map(({ name }) => name)
  const named = taken.length - alike.length
  const apart = named > 0 && alike.length > 0
  const parts = [
    `认出 ${taken.length} 列${apart ? `:${named} 列按列名认出` : ''}`,
    ...(alike.length > 0
      ? [
          `${apart ? `另 ${alike.length} 列` : ''}请核对${explains ? '(不对的用 --map 说明)' : ''}:${alike.join('、')}`,
        ]
      : []),
    ...(unused.length > 0 ? [`没有用到:${unused.join('、')}`] : []),
  ]
  return [`${parts.join(';')}。`]
}

/** While columns are asked for, what is likely is a question and comes with the others. */
function isAsked(asks: boolean, confidence: string | undefined): boolean {
  return asks && confidence !== 'certain'
}

function isNamed({ name, field }: Column, kind: string): boolean {
  const known = kind === 'withdrawals' ? numberFieldNamed(name) : knownName(nameKey(name))?.field
  return known === field
}

function namesOf(taken: readonly Column[], alike: readonly Column[]): string {
  return taken
    .filter((column) => !alike.includes(column))
    .map(({ name }) => name)
    .join('、')
}

function takenFor({ name, field, samples = [] }: Column, kind: string): string {
  const reason = kind === 'withdrawals' && field === 'detail'
  return `${name}→${reason ? WITHDRAWAL_REASON : fieldLabel(field ?? '')}${samplesOf({ samples })}`
}

function unusedLine(all: readonly Column[]): string[] {
  const unused = all.filter(({ field }) => field === null)
  return unused.length === 0 ? [] : [`没有用到的列:${unused.map(({ name }) => `“${name}”`).join('、')}`]
}
