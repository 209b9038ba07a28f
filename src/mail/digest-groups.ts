import { begunByReader } from './digest-colleague.ts'
import { type EntryReader, type EntryView, entryView, ROWS, todoOf } from './digest-entry-view.ts'
import { byUrgency, things, total } from './digest-order.ts'
import { isLate, type Part, PARTS, partsOf } from './digest-parts.ts'
import { askedPosts, type PeopleView, sharingWords, toldOfAll, viewsOf } from './digest-people.ts'
import { listOfRest, type Rest, restOf, type RestWork } from './digest-rest.ts'
import { restView } from './digest-rows.ts'
import type { DigestEntry, DigestInput } from './digest-types.ts'

/** `told`: who was told of all its lines; `sharing`: who shares all of them. */
export type GroupView = {
  label: string
  told: PeopleView[]
  sharing: string
  entries: (EntryView & { sharing: string })[]
  unlisted: string
  /** Of what no line is about. */
  rest: string
}

/** @param rest how much of it no line is about */
const LABELS: Record<Part, (entries: readonly DigestEntry[], rest: number) => string> = {
  press: (entries, rest) => `请您督促 ${things(entries) + rest} 件`,
  do: doLabel,
  'stand-by': (entries) => `由同事先督促、您一并知晓 ${things(entries)} 件`,
  know: (entries) => `已请${askedPosts(entries)}督促、您知晓即可 ${things(entries)} 件`,
  done: (entries) => `已通过复核、无需再办 ${total(entries)} 件`,
}

/** What somebody of the same role begins with is not asked of the reader. */
function doLabel(entries: readonly DigestEntry[], rest: number): string {
  const own = things(begunByReader(entries))
  const theirs = things(entries) - own
  const first = own + rest > 0 ? [`请您办理 ${own + rest} 件`] : []
  return [...first, ...(theirs > 0 ? [`由同事先办理、您一并知晓 ${theirs} 件`] : [])].join(',')
}

export function groupsOf(input: DigestInput, reader: EntryReader): GroupView[] {
  const parts = partsOf(input)
  const rest = restOf(input)
  const nothing: Rest = { ...rest, shown: [], count: 0, more: 0 }
  const listOf = (work: RestWork) => listOfRest(work, input)
  const groups = PARTS.map((part) => ({
    ...{ part, listOf, entries: parts[part], rest: rest.part === part ? rest : nothing },
  }))
  // The headline begins with what the reader is late with.
  const own = groups.filter((group) => group.part === 'do' && isPast(group))
  return [...own, ...groups.filter((group) => !own.includes(group))]
    .filter(({ entries, rest: { shown } }) => entries.length + shown.length > 0)
    .map((group) => groupOf(group, reader))
}

function isPast({ entries, rest }: Group): boolean {
  return entries.some(isLate) || rest.shown.some((work) => isLate({ due: work }))
}

type Group = { part: Part; entries: readonly DigestEntry[]; rest: Rest; listOf: (work: RestWork) => string }

function groupOf({ part, entries, rest, listOf }: Group, reader: EntryReader): GroupView {
  const left = entries.slice(ROWS)
  const shown = entries.slice(0, ROWS)
  // What no line is about was told before, to whoever it is.
  const besides = rest.shown.length > 0 ? [] : toldOfAll(shown)
  const shared = new Set(shown.map(sharingOf(part)))
  const isShared = shared.size === 1 && rest.shown.length === 0
  const [sharing = ''] = shared
  const standBy =
    part === 'stand-by' ? new Set(shown.map((e) => todoOf(e, part, reader.today))) : new Set<string>()
  const saidOnce = standBy.size === 1 && shown.length > 1
  const told = rest.shown.map((work) => ({ work, view: restView(work, listOf(work), { part, reader }) }))
  const alike = shown.length === 0 ? sameOfAll(told.map(({ view }) => view.people)) : []
  const lines = [
    ...shown.map((e) => ({
      ...{ due: e.due, level: e.level, count: e.count },
      view: {
        ...entryView(e, reader, { part, besides, saidOnce }),
        sharing: isShared ? '' : sharingOf(part)(e),
      },
    })),
    ...told.map(({ work, view }) => ({
      ...{ due: work, level: work.level, count: 1 },
      view: { ...view, ...(alike.length > 0 ? { people: [] } : {}), sharing: '' },
    })),
  ]
  return {
    label: LABELS[part](entries, rest.count),
    told: [...viewsOf('都已告知', besides, part === 'press' || part === 'stand-by'), ...alike],
    sharing: saidOnce ? [...standBy].join('') : isShared ? sharing : '',
    entries: lines.sort(byUrgency).map(({ view }) => view),
    unlisted: left.length > 0 ? `另有 ${left.length} 条(${total(left)} 件),见本信所列事项` : '',
    rest: rest.more > 0 ? `还有 ${rest.more} 件,打开网页查看` : '',
  }
}

/** Whoever stands by reads in the line itself who begins. */
function sharingOf(part: Part): (entry: DigestEntry) => string {
  return (entry) => (part === 'stand-by' ? '' : sharingWords(entry))
}

/** Whom to telephone about all of several things, named once. */
function sameOfAll(people: readonly PeopleView[][]): PeopleView[] {
  const [first, ...others] = people.map((views) => JSON.stringify(views))
  return others.length > 0 && others.every((views) => views === first) ? people[0]! : []
}
