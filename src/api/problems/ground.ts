import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { dueDayRefusal } from '../../domain/obligation/problem-words.ts'
import { type Day, dayOf } from '../../domain/time/days.ts'
import { newId } from '../../db/ids.ts'
import type { Sql } from '../../db/pool.ts'
import type { Office } from '../../services/people/offices.ts'
import {
  basedOn,
  type LastDay,
  lastDayOfProblems,
  lockLastDayOfProblems,
} from '../../services/problems/last-day.ts'
import type { ProblemOrder } from '../../services/problems/register.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'

/** What problems of one county are registered with, and which days they may be due on. */
export type ProblemGround = { order: ProblemOrder; dueRefusal: (dueOn: Day) => string | null }

export async function problemGround(
  request: FastifyRequest,
  tx: Sql,
  { county, offices, keys }: { county: string; offices: readonly Office[]; keys: Keyring },
): Promise<ProblemGround> {
  const { now } = asOfOf(request)
  const found = await lockLastDayOfProblems(tx, county, dayOf(now))
  return {
    order: { county, actor: actorOf(request).id, now, keys, offices, last: found ? basedOn(found) : null },
    dueRefusal: refusalBy(found, dayOf(now)),
  }
}

/** Which days a problem of the county may be due on, for a list that is read before anything is locked. */
export async function dueRefusalOf(
  request: FastifyRequest,
  county: string,
): Promise<ProblemGround['dueRefusal']> {
  const today = dayOf(asOfOf(request).now)
  return refusalBy(await lastDayOfProblems(request.db, county, today), today)
}

function refusalBy(found: LastDay | undefined, today: Day): ProblemGround['dueRefusal'] {
  const phase = { today, lastOn: found?.lastOn ?? null, phase: found?.title ?? '' }
  return (dueOn) => dueDayRefusal(dueOn, phase)
}

/** What makes a request the same again: the caller's Idempotency-Key (decision 6). */
export function onceOf(request: FastifyRequest): string {
  const given = request.headers['idempotency-key']
  if (typeof given !== 'string') return newId('ob')
  return createHash('sha256')
    .update(`${actorOf(request).id} ${given}`)
    .digest('base64url')
}
