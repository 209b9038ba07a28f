import { answersBeside, lateLeft } from './digest-colleague.ts'
import { freshFact } from './digest-fresh.ts'
import { blank, countOf, distinctDeadlines, things, total } from './digest-order.ts'
import { firstOf, isLateWork, isMine, onlyPresses, type Part } from './digest-parts.ts'
import { askedPosts } from './digest-people.ts'
import type { Rest, RestWork } from './digest-rest.ts'
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
import { toldOfPressed } from './digest-told.ts'
import type { DigestEntry, DigestInput } from './digest-types.ts'
import { flat } from './flat.ts'

/** One part of a mail, before it is words. */
export type Group = {
  part: Part
  entries: readonly DigestEntry[]
  rest: Rest
  listOf: (work: RestWork) => string
  input: DigestInput
}

/**
 * Who shares all of it; null where it is not the same for all, so that the lines say it themselves. Of what is only counted nobody
 * knows it here: beside that it is said of what the mail lists.
 */
export function sharingOfAll(group: Group, saidOnce: boolean): string | null {
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
export function labelOf(group: Group): string {
  const { part, entries, rest } = group
  const count = things(entries) + rest.count
  const firsts = firstNames(group)
  const absent = absentWords(thirdNames(group))
  switch (part) {
    case 'do':
      return `请您办理 ${count} 件`
    case 'press':
      return [
        `请您督促${blank(countWithRed(count, redOf(entries) + redBefore(group)))}`,
        freshFact(toldOfPressed(group.input)),
      ]
        .filter((words) => words !== '')
        .join(':')
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
export function firstNames({ part, entries, rest }: Group): string[] {
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
