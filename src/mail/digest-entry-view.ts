import { LINE_TAGS, type LineKind } from '../domain/escalation/notification-kind.ts'
import type { Day } from '../domain/time/days.ts'
import { LEVEL_LABELS } from '../domain/obligation/vocabulary.ts'
import { kindOf } from '../kinds/kinds.ts'
import { dayWords, formatDigestLine } from './digest-lines.ts'
import { againWords } from './digest-fresh.ts'
import { movedWords } from './digest-moved.ts'
import { lineUrl } from './digest-links.ts'
import { firstOf, isPressed, type Part } from './digest-parts.ts'
import { askOf, whatHappened } from './digest-passed-on.ts'
import { copyWords, peopleOf, type PeopleView, reportedWords } from './digest-people.ts'
import { standByWords, thirdsOf } from './digest-sharing.ts'
import type { AlsoTold, DigestEntry, DigestItem, LateItem } from './digest-types.ts'
import { flat, webUrl } from './flat.ts'
import { PALETTE } from './palette.ts'

/** So many things of a line are named also to whoever oversees many offices. */
const FEW = 2
/** What the clock and the heading say in HTML needs no tag beside them. */
const SAID_BY_CLOCK: readonly LineKind[] = ['reminder', 'overdue', 'escalation']
/** More than a telephone shows on one screen is counted, and the list shows it. */
export const ROWS = 10

/** `office`: who owes it; empty where the line says so already, and for the reader's own. */
export type ItemView = { office: string; name: string; cause: string; url: string }
export type EntryView = {
  /** The whole line, as the text part carries it. */
  line: string
  tag: string
  clock: string
  clockColour: string
  clockClass: string
  /** How grave a warning is, in a word: a colour alone not everybody sees. */
  level: string
  levelColour: string
  what: string
  /** What the reader is to do now: no part of the link. */
  todo: string
  /** Who sent it back, and when; empty where nobody did. */
  returned: string
  /** Where the only thing of the entry stands, or all of them where none is listed; empty where they are. */
  url: string
  items: ItemView[]
  more: number
  /** Where all of the line stands. */
  moreUrl: string
  people: PeopleView[]
}
/** `compact`: the reader oversees many offices, so that lines about others come without their items. */
export type EntryReader = { year: number; today: Day; ownOffice: string; compact: boolean; mailUrl: string }
/** `besides`: who is named once for all lines of the part; `saidOnce`: so is what to do. */
export type EntryPlace = { part: Part; besides: readonly AlsoTold[]; saidOnce: boolean }

export function entryView(
  entry: DigestEntry,
  reader: EntryReader,
  { part, besides, saidOnce }: EntryPlace,
): EntryView {
  const { due, items } = entry
  const [first] = items
  const only = entry.count === 1 && first ? itemView(first, reader, entry.label) : null
  const clock = due ? clockWords(due) : null
  const isSaid = saidOnce && part === 'stand-by'
  const todo = isSaid ? saidBefore(entry, reader.today).replace(/,$/, '') : todoOf(entry, part, reader.today)
  const said = { ...entry, dueOn: due?.dueOn ?? null, provisional: due?.provisional ?? false, clock, only }
  const [head = '', what = ''] = splitLine(formatDigestLine({ ...said, todo: '' }, reader), due !== null)
  const compact = reader.compact && isPressed(entry) && entry.count > FEW
  const listed =
    compact || only ? [] : items.slice(0, ROWS).map((item) => itemView(item, reader, entry.label))
  const moreUrl = webUrl(lineUrl(reader, entry))
  return {
    line: formatDigestLine({ ...said, todo }, reader),
    tag: SAID_BY_CLOCK.includes(entry.kind) ? '' : LINE_TAGS[entry.kind],
    clock: head,
    ...clockStyle(due?.clock.code),
    level: entry.level === null ? '' : LEVEL_LABELS[entry.level].slice(0, 1),
    levelColour: entry.level === null ? PALETTE.line : PALETTE[entry.level],
    what,
    todo,
    returned: returnedWords(entry, reader.year),
    url: only?.url ?? (compact ? moreUrl : ''),
    items: listed,
    more: compact || only ? 0 : entry.count - listed.length,
    moreUrl,
    people: peopleOf(entry, part === 'press' || part === 'stand-by', besides),
  }
}

export const REMIND = '请提醒经办人按时办结'

/** What the reader is to do now. */
export function todoOf(entry: DigestEntry, part: Part, today: Day): string {
  const first = firstOf(entry)
  const happened = whatHappened(entry)
  switch (part) {
    case 'done':
      return ''
    case 'do':
    case 'do-second':
      return kindOf(entry.obligationKind).mail[entry.stage]
    case 'remind':
      return REMIND
    case 'stand-by':
      return `${saidBefore(entry, today)}${standByWords(first ? [first.name] : [], '督促', thirdsOf(entry))}`
    case 'know':
      return copyWords(entry, false, today)
    case 'press':
      return entry.kind === 'copied'
        ? copyWords(entry, true, today)
        : `${happened}${askOf(entry)}${againWords(entry)}`
  }
}

/** What stands before who begins: why it passed on, or whom it was reported to. */
function saidBefore(entry: DigestEntry, today: Day): string {
  return entry.kind === 'copied' ? `${reportedWords(entry, today)},` : whatHappened(entry)
}

/** `6月7日由 李某 退回,理由见网页`: the reason itself may name a household. */
function returnedWords({ returned, stage }: DigestEntry, year: number): string {
  return returned === null || stage !== 'redo'
    ? ''
    : `${dayWords(returned.on, year)}由 ${flat(returned.by)} 退回,退回理由点开链接可看`
}

/** The clock with its day, and what it is about: the two parts of a line without its tag. */
function splitLine(line: string, hasClock: boolean): string[] {
  const rest = line.slice(line.indexOf('】') + 1)
  if (!hasClock) return ['', rest]
  const at = rest.indexOf(' · ')
  return [rest.slice(0, at), rest.slice(at + ' · '.length)]
}

/** The words of the clock; what is far off says how far. */
export function clockWords({
  clock,
  remainingWorkingDays,
}: Pick<LateItem, 'clock' | 'remainingWorkingDays'>): string {
  return `${clock.shape} ${clock.code === 'not-due' ? `剩 ${remainingWorkingDays} 个工作日` : clock.words}`
}

/** Colours on paper, and the class that a dark screen recolours. */
export function clockStyle(code: string | undefined): { clockColour: string; clockClass: string } {
  if (code === 'overdue') return { clockColour: PALETTE.red, clockClass: 'red' }
  if (code === undefined || code === 'not-due') return { clockColour: PALETTE.muted, clockClass: 'muted' }
  return { clockColour: PALETTE.orange, clockClass: 'orange' }
}

/** @param label what kind of work it is, which a title need not say a second time */
export function itemView(
  { owner, cause, movedFrom, movedBy, ...item }: DigestItem,
  { ownOffice, year }: Pick<EntryReader, 'ownOffice' | 'year'>,
  label: string,
): ItemView {
  const office = owner === null || owner === ownOffice ? '' : flat(owner)
  const moved = movedWords({ movedFrom, movedBy }, year)
  return { office, name: nameOf(item, label), cause: `${flat(cause ?? '')}${moved}`, url: webUrl(item.url) }
}

/** `YJ2022-0001`, or `「单人保(YJ2022-0001)」` of the title `救助落实:单人保(YJ2022-0001)` behind 救助落实. */
export function nameOf(
  { externalId, title }: Pick<DigestItem, 'externalId' | 'title'>,
  label: string,
): string {
  const [kind = ''] = label.split('(')
  const said = title.startsWith(`${kind}:`) ? title.slice(kind.length + 1) : title
  return flat(externalId ?? `「${said}」`)
}
