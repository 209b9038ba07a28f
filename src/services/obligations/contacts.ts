import { contactRefusal } from '../../domain/obligation/contact.ts'
import type { ActionInput, Refusal } from '../../domain/obligation/lifecycle.ts'
import { dayOf, type Instant } from '../../domain/time/days.ts'
import { newId } from '../../db/ids.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { row, type Sql } from '../../db/pool.ts'
import { contacts, people } from '../../db/schema/index.ts'
import { allOf, columns, columnsAs, computed, type RowsOf, selectRows } from '../../db/select-columns.ts'
import { poke } from '../watching/pokes.ts'
import type { ActedOnRow } from './acted-on.ts'
import { colleaguesIn } from './assign.ts'
import { performing } from './turn-clocks.ts'

type Recorded = Extract<ActionInput, { action: 'record-contact' }>

/** Whether what is written down can be so. */
export async function contactRefusalOf(
  sql: Sql,
  { office }: Pick<ActedOnRow, 'office'>,
  action: Recorded,
  now: Instant,
): Promise<Refusal | null> {
  return contactRefusal(action, { today: dayOf(now), people: await colleaguesIn(sql, office, now) })
}

/** Stands beside the event that was just written, which keeps what was said. */
export async function recordContact(
  tx: Sql,
  { id: obligation, county }: Pick<ActedOnRow, 'id' | 'county'>,
  { means, contacted: person, contactedOn, promisedOn }: Recorded,
  { actor, now }: { actor: { id: string }; now: Instant },
): Promise<void> {
  const written = await row<{ id: number }>(
    tx,
    `select max(id) as id from events where obligation = $1 and action = 'record-contact'`,
    [obligation],
  )
  await insertRow(tx, contacts, {
    ...{ id: newId('cn'), county, obligation, event: Number(written?.id), means, person, contactedOn },
    ...{ promisedOn: promisedOn ?? null, notedBy: actor.id, notedAt: now },
  })
  if (promisedOn !== undefined) await poke(tx, 'courier', [county])
}

const CONTACT = allOf(
  columns(contacts, 'c', ['event', 'means', 'person', 'contactedOn', 'promisedOn']),
  columnsAs(people, 'p', { personName: 'name' }),
  // Null where nothing was promised.
  computed<{ isKept: boolean | null }>({
    isKept: `case when c.promised_on is not null then not ${performing('o')} or o.stage is null end`,
  }),
)
export type ContactRow = RowsOf<typeof CONTACT>

/** The telephone calls and visits about an obligation, by the event that tells of each. */
export async function contactsOf(sql: Sql, obligation: string): Promise<Map<number, ContactRow>> {
  const found = await selectRows(
    sql,
    CONTACT,
    `from contacts c join obligations o on o.id = c.obligation join people p on p.id = c.person
      where c.obligation = $1 order by c.event`,
    [obligation],
  )
  return new Map(found.map((contact) => [Number(contact.event), contact]))
}
