import { type EntryReader, type EntryView, entryView, ROWS } from './digest-entry-view.ts'
import { answersBeside, lateLeft } from './digest-colleague.ts'
import { workUrl } from './digest-links.ts'
import { blank, byUrgency, countOf, distinctDeadlines, things, total } from './digest-order.ts'
import { firstOf, isLateWork, isMine, onlyPresses, type Part, PARTS, partsOf } from './digest-parts.ts'
import {
  askedPosts,
  callOfAll,
  type PeopleView,
  phonesOnce,
  toldOfAll,
  viewsOf,
  withoutCall,
} from './digest-people.ts'
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
import {
  absentWords,
  begunWords,
  restSharing,
  sharingWords,
  standByWords,
  thirdsOf,
  thirdsOfAll,
} from './digest-sharing.ts'
import { countWithRed } from './digest-standing.ts'
import type { DigestEntry, DigestInput } from './digest-types.ts'
import { flat, webUrl } from './flat.ts'

/** `told`: who was told of all its lines; `sharing`: who shares all of them. */
export type GroupView = {
  part: Part
  label: string
  told: PeopleView[]
  sharing: string
  entries: (EntryView & { sharing: string })[]
  unlisted: string
  /** Of what no line is about, and where it stands: a sentence for each list. */
  rests: { words: string; url: string }[]
}

type Group = {
  part: Part
  entries: readonly DigestEntry[]
  rest: Rest
  listOf: (work: RestWork) => string
  input: DigestInput
}

export function groupsOf(input: DigestInput, reader: EntryReader): GroupView[] {
  const parts = partsOf(input)
  const rests: Partial<Record<Part, Rest>> = restsOf(input) satisfies Record<RestPart, Rest>
  // What one deadline holds has a list of its own.
  const listOf = (work: RestWork) => ('item' in work ? workUrl(input, work) : listOfRest(work, input))
  return PARTS.map((part) => ({ part, listOf, input, entries: parts[part], rest: rests[part] ?? NOTHING }))
    .filter(({ entries, rest }) => entries.length + rest.count > 0)
    .sort((a, b) => Number(isToday(b)) - Number(isToday(a)))
    .map((group) => groupOf(group, reader))
}

/** Whom to remind today is reminded before anybody is pressed. */
function isToday({ part, rest }: Group): boolean {
  return part === 'do' || (part === 'remind' && rest.shown.some(({ clock }) => clock.code === 'due-today'))
}

function groupOf(group: Group, reader: EntryReader): GroupView {
  const { part, entries, rest, listOf, input } = group
  const left = entries.slice(ROWS)
  const shown = entries.slice(0, ROWS)
  const calls = part === 'press' || part === 'stand-by'
  // What no line is about was told before, to whoever it is.
  const besides = rest.shown.length > 0 ? [] : toldOfAll(shown)
  const saidOnce = firstNames(group).length === 1
  const sharing = sharingOfAll(group, saidOnce)
  const lines = [
    ...shown.map((e) => ({
      of: { due: e.due, level: e.level, count: e.count },
      isTold: true,
      view: {
        ...entryView(e, reader, { part, besides, saidOnce }),
        sharing: sharing === null ? sharingWords(e) : '',
      },
    })),
    ...rest.shown.map((work) => ({
      of: urgencyOf(work),
      isTold: false,
      view: {
        ...restView(work, listOf(work), { part, reader, saidOnce }),
        sharing: sharing === null ? (restSharing(work, part) ?? '') : '',
      },
    })),
  ].sort((a, b) => (input.urgent ? Number(b.isTold) - Number(a.isTold) : 0) || byUrgency(a.of, b.of))
  const views = lines.map(({ view }) => view)
  const call = rest.shown.length > 0 ? callOfAll(views) : []
  const common = [...viewsOf('都已告知', besides, calls), ...call]
  return {
    ...{ part, label: labelOf(group) },
    ...{ told: common, sharing: sharing ?? '' },
    entries: phonesOnce(call.length > 0 ? views.map(withoutCall) : views, common),
    unlisted: left.length > 0 ? `另有 ${left.length} 条(${total(left)} 件),见本信所列事项` : '',
    rests: rest.left.map(({ count, what, url }) => ({
      words: `还有 ${count} 件${what},打开网页查看`,
      url: webUrl(url),
    })),
  }
}

/**
 * Who shares all of it; null where it is not the same for all, so that the lines say it themselves. Of what is only counted nobody
 * knows it here: beside that it is said of what the mail lists.
 */
function sharingOfAll(group: Group, saidOnce: boolean): string | null {
  const { part, entries, rest } = group
  if (saidOnce || part === 'stand-by') return listedThirds(group)
  const [first = '', ...others] = new Set([
    ...entries.map(sharingWords),
    ...rest.shown.flatMap((work) => restSharing(work, part) ?? []),
  ])
  if (others.length > 0) return null
  return first !== '' && rest.left.length > 0 ? `所列事项${first}` : first
}

/** What is asked, of how many, and of how many red ones. */
function labelOf(group: Group): string {
  const { part, entries, rest } = group
  const count = things(entries) + rest.count
  const firsts = firstNames(group)
  const absent = absentWords(thirdNames(group))
  switch (part) {
    case 'do':
      return `请您办理 ${count} 件`
    case 'press':
      return `请您督促${blank(countWithRed(count, redOf(entries) + redBefore(group)))}`
    case 'remind':
      return `请您提醒经办人 ${count} 件`
    case 'do-second':
      return `${begunWords(firsts, '办理', count)},${absent}办理`
    case 'stand-by':
      return `${begunWords(firsts, '督促', count)},${absent}督促`
    case 'know':
      return `已请${askedPosts(entries)}督促、您知晓即可 ${count} 件`
    case 'done':
      return `已通过复核、无需再办 ${total(entries)} 件`
  }
}

function redOf(entries: readonly DigestEntry[]): number {
  return things(distinctDeadlines(entries).filter(({ level }) => level === 'red'))
}

/** Of what no line is about: what was asked before, or is late in the town of a head, with the answers that wait there. */
function redBefore({ input, entries }: Group): number {
  if (!onlyPresses(input)) return input.asked.red
  const answers = answersBeside(input).filter((work) => isMine(work) && work.level === 'red')
  return Math.max(0, lateLeft(input).red - redOf(entries.filter(isLateWork))) + countOf(answers)
}

/** The colleagues who begin with something of a part that is not the reader's first. */
function firstNames({ part, entries, rest }: Group): string[] {
  if (part !== 'do-second' && part !== 'stand-by') return []
  const begun = rest.shown.map(({ begins }) => begins)
  const names = [...entries.map((e) => firstOf(e)?.name), ...begun]
  return [...new Set(names.flatMap((name) => name ?? []))].map(flat)
}

/** Who shares all of them besides; nobody where some are only counted. */
function thirdNames(group: Group): string[] {
  return group.rest.left.length > 0 ? [] : thirdsOfListed(group)
}

function thirdsOfListed({ entries, rest }: Group): string[] {
  return thirdsOfAll([...entries.map(thirdsOf), ...rest.shown.map(({ shares }) => shares)])
}

/** A heading that counts more than is listed leaves out who shares the listed ones besides: that stands below it. */
function listedThirds(group: Group): string {
  const thirds = thirdsOfListed(group)
  if (group.rest.left.length === 0 || thirds.length === 0) return ''
  const verb = group.part === 'stand-by' ? '督促' : '办理'
  return `所列事项${standByWords(firstNames(group), verb, thirds)}`
}
