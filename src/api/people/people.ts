import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { colleague, person } from '../../contract/api/offices.ts'
import { now as businessNow } from '../../services/schedule/clock.ts'
import { allRolesOfEach } from '../../services/people/absences.ts'
import { substitutesBeyond } from '../../services/people/directory.ts'
import { allRoleHoldings, type RoleHolding } from '../../services/people/offices.ts'
import type { Sql } from '../../db/pool.ts'
import {
  type Colleague,
  type Colleagues,
  isAwayOn,
  effectiveSubstitute,
} from '../../domain/people/absence.ts'
import { type Day, dayOf } from '../../domain/time/days.ts'
import { makeDirectory } from '../../domain/escalation/directory.ts'
import { ROLE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { mayEnterAbsence } from '../../domain/people/permissions.ts'
import { notFound } from '../http/errors.ts'
import { actorOf } from '../plugins/actor.ts'

export type Person = z.infer<typeof person>

/** The colleagues of the reader's county with their roles, absences and substitutes. */
export async function readPeople(db: Sql): Promise<Person[]> {
  const today = dayOf(await businessNow(db))
  const holdings = await allRoleHoldings(db)
  const { colleagues } = makeDirectory([], holdings, await substitutesBeyond(db, holdings))
  const names = new Map(holdings.map((h) => [h.personId, h.name]))
  const people = new Map<string, Person>()
  for (const h of holdings) {
    const known = people.get(h.personId) ?? withoutRoles(h, absenceOf(h, { colleagues, names, today }))
    known.roles.push({ office: h.office, role: h.role, label: ROLE_LABELS[h.role] })
    people.set(h.personId, known)
  }
  return [...people.values()]
}

/**
 * The same, and for each whether the reader may enter their absence: no key may. As it is entered, also roles are asked about that the
 * reader does not see.
 */
export async function readColleagues(request: FastifyRequest): Promise<z.infer<typeof colleague>[]> {
  const actor = actorOf(request)
  const people = await readPeople(request.db)
  const among =
    actor.kind === 'person'
      ? people.filter((one) => one.active && one.id !== actor.id && mayEnterAbsence(actor, one.roles))
      : []
  const held = await allRolesOfEach(
    request.db,
    among.map(({ id }) => id),
  )
  const kept = new Set(among.filter(({ id }) => mayEnterAbsence(actor, held.get(id) ?? [])))
  return people.map((one) => ({ ...one, mayKeepAbsence: kept.has(one) }))
}

/** @throws ApiError 404 when there is nobody with this id in the reader's county */
export async function readPerson(db: Sql, id: string): Promise<Person> {
  const found = (await readPeople(db)).find((p) => p.id === id)
  if (!found) throw notFound('人员')
  return found
}

function withoutRoles(
  { personId: id, name, email, active, version }: RoleHolding,
  absence: Person['absence'],
): Person {
  return { id, name, email, active, version, roles: [], absence }
}

type Known = { colleagues: Colleagues; names: ReadonlyMap<string, string>; today: Day }

/** Past absences are not shown. */
function absenceOf(h: RoleHolding, { colleagues, names, today }: Known): Person['absence'] {
  const { absentFrom: from, absentUntil: until, substitute } = h
  if (from === null || (until !== null && until < today)) return null
  const named = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? id })
  const away = isAwayOn(colleagues.get(h.personId) as Colleague, today)
  const standIn = away ? effectiveSubstitute(h.personId, colleagues, today) : null
  return { from, until, substitute: named(substitute), away, standIn: named(standIn) }
}
