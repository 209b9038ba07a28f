import { type Role, ROLE_LABELS } from '../../domain/obligation/vocabulary.ts'
import type { Instant } from '../../domain/time/days.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import type { NotReached } from './store.ts'

type Row = Pick<NotReached, 'reason' | 'role'> & { officeName: string; person: string | null }

const WHY: Record<NotReached['reason'], string> = {
  vacant: '岗位没有人',
  'late-themselves': '岗位上只有逾期人本人',
  undeliverable: '邮件退回',
  deferred: '邮箱暂时收不进',
}

/** Whom no mail reached since an instant, newest first: `蒿坪镇 镇分管领导(岗位没有人)`. */
export async function notReachedSince(sql: Sql, county: string, since: Instant): Promise<string[]> {
  const found = await rows<Row>(
    sql,
    `select f.name as "officeName", n.role, n.reason, p.name as person
       from not_reached n join offices f on f.code = n.office left join people p on p.id = n.person
      where n.county = $1 and n.at > $2 order by n.at desc, n.id desc`,
    [county, ts(since)],
  )
  return found.map(({ officeName, role, person, reason }) => {
    const who = person ?? role.split(',').map(postWords).join('、')
    return `${officeName} ${who}(${WHY[reason]})`
  })
}

function postWords(role: string): string {
  return role in ROLE_LABELS ? ROLE_LABELS[role as Role] : '经办人'
}
