import { beijingText } from '../../domain/time/days.ts'
import type { HandOverState } from '../../domain/obligation/request-words.ts'
import type { Refusal } from '../../domain/obligation/lifecycle.ts'
import { rows, type Sql } from '../../db/pool.ts'

/** How somebody ended the last hand-over an office took part in; `now…`: where it is since, as far as it went on from there. */
type Went = {
  obligation: string
  state: HandOverState
  at: number | null
  by: string
  to: string
  nowAt: number | null
  nowBy: string
  nowIn: string | null
}

const WORDS: Record<Exclude<HandOverState, 'pending'>, (went: Went) => string> = {
  accepted: (went) => `接受了移交,${acceptedWords(went)}`,
  refused: ({ to }) => `拒绝了移交到${to},仍由原单位办理`,
  withdrawn: () => '收回了移交,仍由原单位办理',
  lapsed: () => '先办理了它或另作了调整,移交已失效',
}

/** A second office may have passed it on, or a file have named another one. */
function acceptedWords({ to, nowAt, nowBy, nowIn }: Went): string {
  if (nowIn === null || nowIn === to) return `现在由${to}办理`
  const since = nowAt === null ? '' : `${beijingText(nowAt)} ${nowBy} 接受,`
  return `由${to}办理;之后又转出,${since}现在由${nowIn}办理`
}

/** Somebody else ended the hand-over first, and with it an office sees the obligation no more: who, when, and where it is now. */
export async function whereItWent(sql: Sql, obligation: string): Promise<Refusal | null> {
  return (await whereTheyWent(sql, [obligation])).get(obligation) ?? null
}

/** The same for many, by their ids. Those that nobody handed over, or that the caller never saw, are left out. */
export async function whereTheyWent(sql: Sql, obligations: readonly string[]): Promise<Map<string, Refusal>> {
  const found = await rows<Went>(
    sql,
    `select distinct on (h.obligation) h.obligation, h.state, h.answered_at as at, coalesce(p.name, k.name, '系统') as by, o.name as to,
            w.at as "nowAt", coalesce(q.name, l.name, '系统') as "nowBy", n.name as "nowIn"
       from hand_overs h join offices o on o.code = h.to_office
       left join people p on p.id = h.answered_by left join api_keys k on k.id = h.answered_by
       left join duban_went_on($1) w on w.obligation = h.obligation left join offices n on n.code = w.office
       left join people q on q.id = w.taken_by left join api_keys l on l.id = w.taken_by
      where h.obligation = any($1) order by h.obligation, h.offered_at desc, h.id desc`,
    [obligations],
  )
  return new Map(
    found.flatMap((went) => {
      const refusal = refusalOf(went)
      return refusal ? [[went.obligation, refusal] as const] : []
    }),
  )
}

function refusalOf(went: Went): Refusal | null {
  const { state, at, by } = went
  if (state === 'pending' || at === null) return null
  const what = `${beijingText(at)} ${by} ${WORDS[state](went)}`
  return { refused: 'handed-over', message: `这件事项已不在您这里:${what}。写下的内容没有丢。` }
}
