import { beijingText } from '../../domain/time/days.ts'
import type { HandOverState } from '../../domain/obligation/vocabulary.ts'
import type { Refusal } from '../../domain/obligation/lifecycle.ts'
import { row, type Sql } from '../../db/pool.ts'

type Went = { state: HandOverState; at: number | null; by: string; to: string }

const WORDS: Record<Exclude<HandOverState, 'pending'>, (to: string) => string> = {
  accepted: (to) => `接受了移交,现在由${to}办理`,
  refused: (to) => `拒绝了移交到${to},仍由原单位办理`,
  withdrawn: () => '收回了移交,仍由原单位办理',
  lapsed: () => '先办理了它或另作了调整,移交已失效',
}

/** Somebody else ended the hand-over first, and with it an office sees the obligation no more: who, when, and where it is now. */
export async function whereItWent(sql: Sql, obligation: string): Promise<Refusal | null> {
  const went = await row<Went>(
    sql,
    `select h.state, h.answered_at as at, coalesce(p.name, k.name, '系统') as by, o.name as to
       from hand_overs h join offices o on o.code = h.to_office
       left join people p on p.id = h.answered_by left join api_keys k on k.id = h.answered_by
      where h.obligation = $1 order by h.offered_at desc, h.id desc limit 1`,
    [obligation],
  )
  if (!went || went.state === 'pending' || went.at === null) return null
  const what = `${beijingText(went.at)} ${went.by} ${WORDS[went.state](went.to)}`
  return { refused: 'handed-over', message: `这件事项已不在您这里:${what}。写下的内容没有丢。` }
}
