import { isBeside, LEVEL_LABELS } from '../domain/obligation/vocabulary.ts'
import { kindOf } from '../kinds/kinds.ts'
import {
  clockStyle,
  clockWords,
  type EntryReader,
  type EntryView,
  itemView,
  REMIND,
} from './digest-entry-view.ts'
import { clockDay, dayWords } from './digest-lines.ts'
import { overdueUrl } from './digest-links.ts'
import { isNew } from './digest-order.ts'
import type { Part } from './digest-parts.ts'
import { holderWord, personView } from './digest-people.ts'
import type { RestWork } from './digest-rest.ts'
import { standByWords } from './digest-sharing.ts'
import type { DigestInput } from './digest-types.ts'
import { flat, webUrl } from './flat.ts'
import { PALETTE } from './palette.ts'

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

/**
 * What was told before and waits still. It has no tag, so that nobody takes it for something new.
 * @param listUrl where it stands if it is several
 */
export function restView(
  work: RestWork,
  listUrl: string,
  { part, reader: { year, ownOffice }, saidOnce }: { part: Part; reader: EntryReader; saidOnce: boolean },
): EntryView {
  const { level, officeName, label, dueOn, provisional } = work
  const { item, count } = 'item' in work ? work : { item: work, count: 1 }
  const { office, name, cause, url } = itemView(item, { ownOffice, year }, label)
  const where = officeName === ownOffice ? '' : flat(officeName)
  const thing = count === 1 ? [office, name, cause] : [`${count} 件`]
  const what = [where, flat(label), ...thing].filter((words) => words !== '').join(' ')
  const todo = saidOnce && part === 'stand-by' ? '' : restTodo(work, part, year)
  const clock = clockDay(clockWords(work), dueOn, year, provisional)
  const people = work.holders.map((h) => personView({ ...h, as: holderWord(work.stage) }))
  return {
    line: `${clock} · ${what}${todo === '' ? '' : ` → ${todo}`}`,
    tag: '',
    clock,
    ...clockStyle(work.clock.code),
    level: level === null ? '' : LEVEL_LABELS[level].slice(0, 1),
    levelColour: level === null ? PALETTE.line : PALETTE[level],
    ...{ what, todo, returned: '' },
    url: count === 1 ? url : webUrl(listUrl),
    ...{ items: [], more: 0, moreUrl: '' },
    people: people.length > 0 ? [{ label: '先联系', people }] : [],
  }
}

const PRESS_ANSWER = '请督促尽快答复'
const PRESS_FIRST = '请督促办结'

/** What was asked before is asked again, and since when; of what was not, the same as of a line. */
function restTodo(work: RestWork, part: Part, year: number): string {
  if (part === 'remind') return REMIND
  if (part === 'stand-by') return standByWords(work.begins === null ? [] : [work.begins], '督促', work.shares)
  if (part !== 'press') return kindOf(work.obligationKind).mail[work.stage]
  if (isBeside(work.stage) && !('askedOn' in work)) return PRESS_ANSWER
  if (isNew(work)) return PRESS_FIRST
  return `${'askedOn' in work ? `${dayWords(work.askedOn, year)}已请您督促,` : ''}请继续督促${holderWord(work.stage)}`
}
