import { type EntryPlace, type EntryReader, type EntryView, entryView, ROWS } from './digest-entry-view.ts'
import { isParted, type Told } from './digest-fresh.ts'
import { firstNames, type Group, labelOf, sharingOfAll } from './digest-headings.ts'
import { workUrl } from './digest-links.ts'
import { byUrgency, isNew, total, type Urgent } from './digest-order.ts'
import { type Part, PARTS, partsOf } from './digest-parts.ts'
import { callOfAll, type PeopleView, phonesOnce, toldOfAll, viewsOf, withoutCall } from './digest-people.ts'
import {
  listOfRest,
  NOTHING,
  type Rest,
  type RestPart,
  restsOf,
  type RestWork,
  urgencyOf,
} from './digest-rest.ts'
import { restView } from './digest-rows.ts'
import { restSharing, sharingWords } from './digest-sharing.ts'
import { toldOfPressed } from './digest-told.ts'
import type { DigestEntry, DigestInput } from './digest-types.ts'
import { webUrl } from './flat.ts'

/** `told`: who was told of all its lines; `sharing`: who shares all of them. */
export type GroupView = {
  part: Part
  label: string
  told: PeopleView[]
  sharing: string
  /** `mark`: what begins with this line, `新增 3 件` or `再次 12 件`; empty for all others. */
  entries: (EntryView & { sharing: string; mark: string })[]
  unlisted: string
  /** Of what no line is about, and where it stands: a sentence for each list. */
  rests: { words: string; url: string }[]
}

export function groupsOf(input: DigestInput, reader: EntryReader): GroupView[] {
  const parts = partsOf(input)
  const rests: Partial<Record<Part, Rest>> = restsOf(input) satisfies Record<RestPart, Rest>
  // What one deadline holds has a list of its own.
  const listOf = (work: RestWork) => ('item' in work ? workUrl(input, work) : listOfRest(work, input))
  return PARTS.map((part) => ({ part, listOf, input, entries: parts[part], rest: rests[part] ?? NOTHING }))
    .filter(({ entries, rest }) => entries.length + rest.count > 0)
    .sort(byPlace)
    .map((group) => groupOf(group, reader))
}

/** Of these neither stands before the other by itself: what is late in either does. */
const ALIKE: readonly (readonly Part[])[] = [
  ['press', 'remind'],
  ['do-second', 'stand-by'],
]

/** The parts in their order, and of two that are alike the one with the most urgent thing first. */
function byPlace(a: Group, b: Group): number {
  const isAlike = ALIKE.some((parts) => parts.includes(a.part) && parts.includes(b.part))
  const [first, other] = [mostUrgent(a), mostUrgent(b)]
  const place = PARTS.indexOf(a.part) - PARTS.indexOf(b.part)
  return (isAlike && first && other ? byUrgency(first, other) : 0) || place
}

function mostUrgent({ entries, rest }: Group): Urgent | undefined {
  // How many there are says nothing of how urgent they are.
  return [...entries, ...rest.shown.map(urgencyOf)].map((e) => ({ ...e, count: 0 })).sort(byUrgency)[0]
}

function groupOf(group: Group, reader: EntryReader): GroupView {
  const { part, rest, input } = group
  const told = part === 'press' ? toldOfPressed(input) : { fresh: 0, again: 0 }
  const isMarked = isParted(told)
  const entries = isMarked ? freshFirst(group.entries) : group.entries
  const left = entries.slice(ROWS)
  const shown = entries.slice(0, ROWS)
  const calls = part === 'press' || part === 'stand-by'
  // What no line is about was told before, to whoever it is.
  const besides = rest.shown.length > 0 ? [] : toldOfAll(shown)
  const saidOnce = firstNames(group).length === 1
  const sharing = sharingOfAll(group, saidOnce)
  const lines = linesOf({ ...group, entries: shown }, reader, { besides, saidOnce, sharing }).sort(
    (a, b) =>
      (isMarked ? Number(b.isFresh) - Number(a.isFresh) : 0) ||
      (input.urgent ? Number(b.isTold) - Number(a.isTold) : 0) ||
      byUrgency(a.of, b.of),
  )
  const views = lines.map(({ view }, n) => ({ ...view, mark: isMarked ? markOf(lines, n, told) : '' }))
  const call = rest.shown.length > 0 ? callOfAll(views) : []
  const common = [...viewsOf('都已告知', besides, calls), ...call]
  return {
    ...{ part, label: labelOf(group) },
    ...{ told: common, sharing: sharing ?? '' },
    entries: phonesOnce(call.length > 0 ? views.map(withoutCall) : views, common),
    unlisted: unlistedWords(left, isMarked),
    rests: rest.left.map(({ count, what, fresh, url }) => ({
      words: `还有 ${count} 件${what}${isMarked ? freshPart(fresh) : ''},打开网页查看`,
      url: webUrl(url),
    })),
  }
}

/** @param isMarked what is new among them stands below what is told again, and says so */
function unlistedWords(left: readonly DigestEntry[], isMarked: boolean): string {
  if (left.length === 0) return ''
  const fresh = isMarked ? left.reduce((sum, { count, again }) => sum + count - again, 0) : 0
  return `另有 ${left.length} 条(${total(left)} 件)${freshPart(fresh)},见本信所列事项`
}

function freshPart(fresh: number): string {
  return fresh > 0 ? `,其中新增 ${fresh} 件` : ''
}

/** So that what is new has a place among those for which there is room. */
function freshFirst(entries: readonly DigestEntry[]): DigestEntry[] {
  return [...entries.filter(isNew), ...entries.filter((e) => !isNew(e))]
}

type Said = Pick<EntryPlace, 'besides' | 'saidOnce'> & { sharing: string | null }

/** What is told in this round, and what was told before and waits still. */
function linesOf(
  { part, entries, rest, listOf }: Group,
  reader: EntryReader,
  { besides, saidOnce, sharing }: Said,
) {
  return [
    ...entries.map((e) => ({
      of: { due: e.due, level: e.level, count: e.count },
      ...{ isTold: true, isFresh: isNew(e) },
      view: {
        ...entryView(e, reader, { part, besides, saidOnce }),
        sharing: sharing === null ? sharingWords(e) : '',
      },
    })),
    ...rest.shown.map((work) => ({
      of: urgencyOf(work),
      ...{ isTold: false, isFresh: isNew(work) },
      view: {
        ...restView(work, listOf(work), { part, reader, saidOnce }),
        sharing: sharing === null ? (restSharing(work, part) ?? '') : '',
      },
    })),
  ]
}

/** Above the first of what is new, and the first of what is told again. */
function markOf(lines: readonly { isFresh: boolean }[], n: number, { fresh, again }: Told): string {
  if (n > 0 && lines[n - 1]!.isFresh === lines[n]!.isFresh) return ''
  return lines[n]!.isFresh ? `新增 ${fresh} 件` : `再次 ${again} 件`
}
