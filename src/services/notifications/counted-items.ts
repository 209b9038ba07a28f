import {
  type CountedItems,
  type CountedList,
  countyLateList,
  type JoinedIds,
  lineList,
  workList,
} from '../../domain/obligation/counted-lists.ts'
import {
  countyLateGroups,
  type OpenGroup,
  ownGroups,
  reviewGroups,
} from '../../domain/obligation/standing.ts'
import { isPerforming } from '../../domain/obligation/turn-clocks.ts'
import { BESIDE_STAGES, isBeside, type Stage } from '../../domain/obligation/vocabulary.ts'
import { newLines, returnedLines } from '../../mail/digest-begun-lines.ts'
import type { DigestEntry, DigestInput } from '../../mail/digest-types.ts'
import type { HeldWorkRow } from '../deadlines/held-work.ts'
import type { ListedGroup } from '../obligations/open-groups.ts'
import { askedRowsOf } from './asked-of.ts'
import type { Composing } from './digest-input.ts'
import { isTheirs } from './reader-standing.ts'
import type { Reader } from './readers.ts'

/** Everything that the numbers of this mail count, so that their links lead to it also when it has changed. */
export function countedItems(
  reader: Reader,
  sections: DigestInput['sections'],
  composing: Composing,
): CountedItems {
  return Object.fromEntries(
    [
      ...standingLists(reader, composing),
      ...lineLists(sections, composing),
      ...askedOfLists(sections, composing),
      ...workLists(reader, composing),
      ...askedLists(reader, sections, composing),
    ].flatMap(([name, of]) => (of.length > 0 ? [[name, of.join(',')]] : [])),
  )
}

/** Each list from joined parts. */
type Lists = [name: string, of: JoinedIds[]][]

function standingLists(reader: Reader, { groups, now, calendar }: Composing): Lists {
  const holds = (g: OpenGroup) => isTheirs(reader, g.holderOffice, g.holderPerson)
  const handedIn = (g: OpenGroup) => reader.heads.has(g.office) || reader.works.has(g.office)
  const own = ownGroups(groups, { holds, handedIn }, { now, calendar })
  const lists: [CountedList, ListedGroup[]][] = [
    ['held.review', reviewGroups(groups, holds)],
    ['held.perform.late', own.late],
    ['held.perform.due-today', own.dueToday],
    ['held.perform.due-soon', own.dueSoon],
    ['held.perform.later', own.later],
    ['in-review', own.inReview],
  ]
  const late = reader.oversees ? countyLateGroups(groups, now) : []
  const offices = [...new Set(late.map(({ office }) => office))]
  return [
    ...lists.map(([name, of]): Lists[number] => [name, idsOf(of)]),
    ...offices.map((code): Lists[number] => [
      countyLateList(code),
      idsOf(late.filter(({ office }) => office === code)),
    ]),
  ]
}

function lineLists(sections: DigestInput['sections'], { behind }: Composing): Lists {
  return sections.map(({ kind, deadline, items }) => [
    lineList(kind, deadline),
    kind === 'accepted' ? items.map(({ obligationId }) => obligationId) : behindOf(behind, deadline),
  ])
}

/** What the reader is to begin with, by the facts of the headline that name it. */
function askedOfLists(
  sections: DigestInput['sections'],
  { behind }: Composing,
): [CountedList, JoinedIds[]][] {
  const idsBehind = (lines: readonly DigestEntry[]) =>
    lines.flatMap(({ deadline }) => behindOf(behind, deadline))
  return [
    ['new', idsBehind(newLines({ sections }))],
    ['returned', idsBehind(returnedLines({ sections }))],
  ]
}

function behindOf(behind: Composing['behind'], deadline: string): JoinedIds[] {
  const ids = behind.get(deadline)
  return ids === undefined ? [] : [ids]
}

/** What waits for an answer is in no list of what is held, since the work itself goes on beside it. */
function workLists(reader: Reader, { held, answers }: Composing): Lists {
  const theirs = (rows: readonly HeldWorkRow[]) =>
    rows.filter((row) => isTheirs(reader, row.office, row.person))
  const asked = theirs(answers)
  return [
    ...[...theirs(held), ...asked].flatMap(({ count, deadline, obligation, obligations }): Lists =>
      count > 1 ? [[workList(deadline, obligation), [obligations]]] : [],
    ),
    ...BESIDE_STAGES.map((stage): Lists[number] => [
      stage,
      asked.flatMap((row) => (row.stage === stage ? [row.obligations] : [])),
    ]),
  ]
}

function askedLists(reader: Reader, sections: DigestInput['sections'], { asked }: Composing): Lists {
  const rows = reader.oversees ? askedRowsOf(reader, sections, asked) : []
  const of = (fits: (stage: Stage) => boolean) => [
    ...new Set(rows.flatMap(({ stage, obligations }) => (fits(stage) ? [obligations] : []))),
  ]
  const lists: [CountedList, JoinedIds[]][] = [
    ['asked.perform', of(isPerforming)],
    ['asked.review', of((stage) => stage === 'review')],
    ['asked.beside', of(isBeside)],
  ]
  return lists
}

function idsOf(groups: readonly ListedGroup[]): JoinedIds[] {
  return groups.map(({ obligations }) => obligations)
}
