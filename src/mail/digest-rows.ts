import { clockStyle, clockWords, type EntryReader, itemView } from './digest-entry-view.ts'
import { clockDay, dayWords } from './digest-lines.ts'
import { overdueUrl } from './digest-links.ts'
import { PERFORMER, personView, type PersonView } from './digest-people.ts'
import type { AskedItem, DigestInput, LateItem } from './digest-types.ts'
import { flat, webUrl } from './flat.ts'

/** One office of the county. `longest`: working days; `told`: the highest post that has been told. */
export type OfficeRow = {
  office: string
  url: string
  late: string
  longest: string
  red: string
  told: string
  isTold: boolean
}
/** `holder`: whom to telephone about it; empty where nobody is. */
export type LateRow = {
  line: string
  url: string
  clockColour: string
  clockClass: string
  holder: PersonView[]
}
type CountyOffice = NonNullable<DigestInput['standing']['county']>['offices'][number]

export function officeRow(
  { office, officeName, count, longest, red, told }: CountyOffice,
  input: DigestInput,
): OfficeRow {
  return {
    office: flat(officeName),
    url: webUrl(overdueUrl(input, office)),
    late: String(count),
    longest: longest > 0 ? String(longest) : '不足 1',
    red: red > 0 ? String(red) : '–',
    told: told === null ? '尚无' : flat(told),
    isTold: told !== null,
  }
}

export function lateRow(item: LateItem, { year, ownOffice }: EntryReader): LateRow {
  const { name, cause, url } = itemView(item, ownOffice)
  const where = item.officeName === ownOffice ? '' : flat(item.officeName)
  const what = [where, item.label, name, cause].filter((part) => part !== '').join(' ')
  return {
    line: `${clockDay(clockWords(item), item.dueOn, year, item.provisional)} · ${what}`,
    url,
    holder: item.holders.map((holder) => personView({ ...holder, as: `${where} ${PERFORMER}` })),
    ...clockStyle(item.clock.code),
  }
}

export function askedRow(item: AskedItem, reader: EntryReader): LateRow {
  const { line, ...row } = lateRow(item, reader)
  return { ...row, line: `${line}(${dayWords(item.askedOn, reader.year)}已请您督促)` }
}
