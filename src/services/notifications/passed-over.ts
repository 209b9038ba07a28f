import { ROLE_LABELS, type Role, type Stage } from '../../domain/obligation/vocabulary.ts'
import { rows, type Sql } from '../../db/pool.ts'
import type { PassedOver } from '../../mail/digest-types.ts'
import { holderWord } from '../../mail/digest-people.ts'
import type { NotReached, QueuedNotification } from './store.ts'

/** Who was to be told of an occasion and was not; `passedTo` is one of those told instead. */
export type PassedOverRow = Pick<NotReached, 'cause' | 'role' | 'reason' | 'passedTo'> & {
  name: string | null
}

export function passedOverOfCauses(sql: Sql, causes: readonly string[]): Promise<PassedOverRow[]> {
  return rows(
    sql,
    `select n.cause, n.role, n.reason, n.passed_to as "passedTo", p.name
       from not_reached n left join people p on p.id = n.person
      where n.cause = any($1) and n.passed_to is not null order by n.id`,
    [causes],
  )
}

/** In whose place a reader is told: of several vacant posts those that passed on to the reader's own rung. */
export function passedOver(
  mine: readonly QueuedNotification[],
  facts: { told: readonly QueuedNotification[]; passedOver: readonly PassedOverRow[] },
  stage: Stage,
): PassedOver[] {
  return mine
    .filter(({ kind }) => kind === 'passed-on')
    .flatMap((own) =>
      facts.passedOver.filter((row) => row.cause === own.cause && reaches(row, own, facts.told)),
    )
    .map(({ role, name, reason }) => {
      const holds = role === 'holder'
      return { post: holds ? holderWord(stage) : postOf(role), name, reason, holds }
    })
}

function reaches(row: PassedOverRow, own: QueuedNotification, told: readonly QueuedNotification[]): boolean {
  const other = told.find((n) => n.cause === row.cause && n.person === row.passedTo)
  return other !== undefined && JSON.stringify(other.audience) === JSON.stringify(own.audience)
}

function postOf(roles: string): string {
  return roles
    .split(',')
    .map((role) => ROLE_LABELS[role as Role])
    .join('、')
}
