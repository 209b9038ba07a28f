import type { ObligationState } from '../../domain/obligation/lifecycle.ts'
import { kindOf } from '../../kinds/kinds.ts'
import type { Sql } from '../../db/pool.ts'
import { obligations } from '../../db/schema/index.ts'
import { allOf, columns, computed, type RowsOf, selectRow } from '../../db/select-columns.ts'

const ACTED_ON = allOf(
  columns(obligations, 'o', [
    ...([
      'id',
      'key',
      'county',
      'kind',
      'level',
      'state',
      'office',
      'reviewer',
      'version',
      'acknowledgedAt',
      'title',
    ] as const),
    ...([
      'facts',
      'result',
      'startOn',
      'stage',
      'holderOffice',
      'holderPerson',
      'holderDueAt',
      'holderDueOn',
    ] as const),
    ...(['externalId', 'cause', 'group', 'issuedAt'] as const),
  ]),
  computed<{ withdrawn: boolean; submittedBy: string | null; originalDays: number | null }>({
    withdrawn: 'o.key is null',
    // Who handed in what is under review.
    submittedBy: `(select e.actor from events e where e.obligation = o.id and e.action = 'submit' order by e.id desc limit 1)`,
    originalDays: `(select p.working_days from assignments p where p.obligation = o.id and p.stage = 'perform' order by p.id limit 1)`,
  }),
)
export type ActedOnRow = RowsOf<typeof ACTED_ON>

/** What decides which actions are possible; locked against others until the end of the transaction. */
export function lockActedOn(tx: Sql, id: string): Promise<ActedOnRow | undefined> {
  return selectRow(tx, ACTED_ON, 'from obligations o where o.id = $1 for update of o', [id])
}

/** The same for whoever only asks what they may do. */
export function actedOnById(sql: Sql, id: string): Promise<ActedOnRow | undefined> {
  return selectRow(sql, ACTED_ON, 'from obligations o where o.id = $1', [id])
}

/** What decides about pauses and extensions; nobody, where it is not asked. */
type Deciding = Pick<
  ObligationState,
  'approvers' | 'request' | 'offer' | 'lastStep' | 'refusedAfterWait' | 'paused'
>

/** @param deciding where an action of somebody is decided; other questions need none */
export function obligationStateOf(o: ActedOnRow, deciding?: Deciding): ObligationState {
  const holder =
    o.stage && o.holderOffice && o.holderDueAt !== null
      ? { stage: o.stage, office: o.holderOffice, dueAt: o.holderDueAt, person: o.holderPerson }
      : null
  const { state, acknowledgedAt, withdrawn, office: performer, reviewer, submittedBy } = o
  const { waivable } = kindOf(o.kind)
  const nobody = { roles: [], office: reviewer, why: null }
  return {
    ...{ state, holder, acknowledgedAt, withdrawn, waivable, performer, reviewer, submittedBy },
    ...(deciding ?? { approvers: { suspension: nobody, extension: nobody }, request: null, paused: null }),
  }
}
