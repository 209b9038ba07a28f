import { dayOf, type Instant } from '../domain/time/days.ts'
import type { ExpectedHistory } from './expected-history.ts'
import type { ExpectedWork } from './expected-work.ts'
import { lastDayOf } from './visit-script.ts'

/** What the notice has the county do in a year, as numbers of its own: a plan that lost a line would not be missed by itself. */
const PLANNED = [
  { kind: 'launch', count: 17, words: '启动和“回头望”' },
  { kind: 'comparison', count: 12, words: '各部门、各半年的数据比对' },
  { kind: 'screening', count: 85, words: '各镇的五项排查' },
]
/** What comes of other work or of its own accord, of which some has to come to its end. */
const ENDED = [
  { kind: 'warning', words: '预警核查' },
  { kind: 'follow-up', words: '四个到位的救助落实' },
  { kind: 'monitoring-visit', words: '监测走访' },
  { kind: 'spot-check', words: '县级抽查' },
  { kind: 'rectification', words: '问题整改' },
]

export type PlayedWork = {
  story: Pick<ExpectedHistory, 'turns' | 'accepted'>
  work: readonly Pick<ExpectedWork, 'item' | 'kind'>[]
  /** How many households were written down, by screening. */
  visited: ReadonlyMap<string, number>
  /** How many problems were shown to be put right, by a file. */
  shown: number
  /** How many lines waited for a quiet day of their reader to pass. */
  waited: number
}

/**
 * What a whole year has to have played of the notice's own work, and has not: a reconciliation of nothing would pass. A part of the year is
 * asked for nothing.
 * @returns one sentence for each
 */
export function workNeverPlayed(
  played: PlayedWork,
  span: { start: Instant; until: Instant },
  year: number,
): string[] {
  if (dayOf(span.start) > `${year}-05-27` || dayOf(span.until) < lastDayOf(year)) return []
  const { story, visited, shown, waited } = played
  const raised = story.turns.some(({ item, undone }) => item.endsWith('→rectification') && undone !== true)
  return [
    ...PLANNED.flatMap((planned) => plannedFaults(planned, played)),
    ...ENDED.filter(({ kind }) => !story.accepted.some(({ turn }) => turn.kind === kind)).map(
      ({ words }) => `${words}没有一件办结`,
    ),
    ...handedInOf('screening', played)
      .filter((item) => (visited.get(item) ?? 0) === 0)
      .map((item) => `${item} 没有一户逐户记录`),
    ...(raised ? [] : ['没有一次“回头望”查出问题']),
    ...(shown === 0 ? ['没有一件问题上传佐证材料'] : []),
    ...(waited === 0 ? ['没有一条提醒因为免打扰日顺延'] : []),
  ]
}

/** All of it is there, and each was handed in or withdrawn, most of it handed in. */
function plannedFaults({ kind, count, words }: (typeof PLANNED)[number], played: PlayedWork): string[] {
  const { story, work } = played
  const planned = work.filter((one) => one.kind === kind).map(({ item }) => item)
  const handedIn = new Set(handedInOf(kind, played))
  const open = new Set(story.turns.filter(({ endedAt }) => endedAt === null).map(({ item }) => item))
  const begun = new Set(story.turns.map(({ item }) => item))
  const left = planned.filter((item) => !handedIn.has(item) && (open.has(item) || !begun.has(item)))
  return [
    ...(planned.length === count ? [] : [`${words}应有 ${count} 件,演练了 ${planned.length} 件`]),
    ...(handedIn.size * 2 > planned.length ? [] : [`${words}只提交了 ${handedIn.size} 件`]),
    ...left.map((item) => `${item} 到演练结束没有提交`),
  ]
}

function handedInOf(kind: string, { story, work }: PlayedWork): string[] {
  const reviewed = story.turns.filter((turn) => turn.stage === 'review' && turn.undone !== true)
  const items = new Set(reviewed.map(({ item }) => item))
  return work.filter((one) => one.kind === kind && items.has(one.item)).map(({ item }) => item)
}
