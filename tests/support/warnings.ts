import { now as businessNow } from '../../src/services/schedule/clock.ts'
import { newId } from '../../src/db/ids.ts'
import { runAction } from '../../src/services/obligations/act.ts'
import { inTransaction, type Pool, row } from '../../src/db/pool.ts'
import { registerObligations, type Registration } from '../../src/services/obligations/register.ts'
import type { ActionInput } from '../../src/domain/obligation/lifecycle.ts'
import { systemActor } from '../../src/domain/obligation/system-actor.ts'
import { type Day, dayOf, instantAt } from '../../src/domain/time/days.ts'
import type { Actor } from '../../src/domain/people/permissions.ts'
import type { Level } from '../../src/domain/obligation/vocabulary.ts'
import { COUNTY } from './county.ts'
import { keys } from './worker-deps.ts'

export type GivenWarning = {
  id: string
  level: Level
  issuedOn?: Day
  town?: string
  silent?: boolean
  /** Elsewhere than in a town of the sample county. */
  office?: string
  county?: string
  title?: string
}

/** Registers a warning at the business time it is now. */
export async function givenWarning(pool: Pool, warning: GivenWarning): Promise<void> {
  await givenWarnings(pool, [warning])
}

/** Registers warnings of one county at the business time it is now. @returns their ids, in order */
export async function givenWarnings(pool: Pool, warnings: readonly GivenWarning[]): Promise<string[]> {
  return inTransaction(pool, async (tx) => {
    const now = await businessNow(tx)
    const { county = COUNTY, silent = false } = warnings[0] ?? {}
    const ids = warnings.map(() => newId('ob'))
    await registerObligations(
      tx,
      { county, actor: 'test', now, silent },
      warnings.map((warning, i) => registered(warning, ids[i] ?? '', warning.issuedOn ?? dayOf(now))),
    )
    return ids
  })
}

function registered(warning: GivenWarning, id: string, startOn: Day): Registration {
  return {
    id,
    key: `platform|${warning.id}`,
    externalId: warning.id,
    kind: 'warning',
    facts: {},
    title: warning.title ?? '因病预警核查',
    phase: 'verification',
    office: warning.office ?? `${COUNTY}.${warning.town ?? 'maoba'}`,
    reviewer: `${COUNTY}.jiuzhu`,
    level: warning.level,
    cause: 'illness',
    group: null,
    source: null,
    issuedAt: instantAt(startOn, '09:00'),
    startOn,
    fixedDueOn: null,
    importId: null,
    contentHash: null,
    subject: null,
  }
}

/** Somebody acts on a warning now. */
export async function when(
  pool: Pool,
  externalId: string,
  action: ActionInput,
  actor: Actor = systemActor('test'),
): Promise<void> {
  const found = await row<{ id: string }>(pool, 'select id from obligations where external_id = $1', [
    externalId,
  ])
  const answer = await inTransaction(pool, async (tx) =>
    runAction(tx, {
      obligation: found?.id ?? '',
      action,
      actor,
      now: await businessNow(tx),
      keys,
    }),
  )
  if (!answer.done) throw new Error(answer.refusal.message)
}
