import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../src/db/ids.ts'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import type { Audience } from '../../../src/domain/escalation/audience.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { notify } from '../../../src/services/notifications/notify.ts'
import { addRound } from '../../../src/services/notifications/outbox.ts'
import { passOnUndelivered } from '../../../src/services/notifications/pass-on-undelivered.ts'
import { COUNTY, createCounty, TOWN } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import { givenWarning } from '../../support/warnings.ts'

const NOW = instantAt('2022-06-06', '09:00')
const FIRST_HEAD: Audience = { to: 'rung', rung: 1, roles: ['town-head'], whom: 'first' }
let database: TestDatabase

beforeAll(async () => {
  database = await createCounty(NOW)
  await givenWarning(database.pool, { id: 'YJ1', level: 'orange' })
  // The officer of another town heads this one as well.
  await database.pool.query(
    `insert into person_roles (person, office, role)
     select id, $1, 'town-head' from people where email = 'officer@donghe.ziyang.test'`,
    [TOWN],
  )
})
afterAll(() => database.drop())

const personOf = async (email: string) =>
  (await row<{ id: string }>(database.pool, 'select id from people where email = $1', [email]))!.id

/** All that is owed leaves in one mail a person. @returns the mail of one of them */
async function mailTo(email: string, at: number): Promise<string> {
  const person = await personOf(email)
  const id = newId('ml')
  const letter = { id, messageId: `<${id}@duban.example>`, threadId: `<${id}@duban.example>` }
  await inTransaction(database.pool, async (tx) => {
    await addRound(
      tx,
      { county: COUNTY, at, urgent: true, archived: false },
      [
        {
          ...letter,
          person,
          toAddress: email,
          subject: 's',
          text: 't',
          html: 'h',
          headers: {},
          lateCount: 0,
        },
      ],
      { now: NOW, wallNow: 0 },
    )
    await tx.query(`update notifications set state = 'mailed', mail = $2 where person = $1`, [person, id])
  })
  return id
}

const told = async () =>
  (
    await rows<{ who: string; kind: string; rung: string }>(
      database.pool,
      `select split_part(p.email, '.', 1) as who, n.kind, n.audience ->> 'rung' as rung
         from notifications n join people p on p.id = n.person order by n.id`,
    )
  ).map(({ who, kind, rung }) => `${who} ${kind} ${rung}`)

test('the first head’s dead mailbox passes on to the second head, and hers to the next rung', async () => {
  const deadline = (await row<{ id: string }>(database.pool, 'select id from deadlines'))!.id
  const heads = ['head@maoba.ziyang.test', 'officer@donghe.ziyang.test']
  const order = await rows<{ email: string }>(
    database.pool,
    `select p.email from person_roles r join people p on p.id = r.person
      where r.office = $1 and r.role = 'town-head' order by p.id`,
    [TOWN],
  )
  const [first, second] = order.map(({ email }) => email) as [string, string]
  expect([first, second].sort()).toEqual(heads)
  const about = {
    moment: 'rung-1',
    momentForm: { series: 'rung', n: 1 } as const,
    undeliveredTo: null,
  }
  const line = { kind: 'escalation', audience: FIRST_HEAD, detail: null } as const
  await inTransaction(database.pool, async (tx) =>
    notify(
      tx,
      {
        ...{ county: COUNTY, cause: `${deadline}/rung-1`, deadline, about, urgent: false },
        people: [{ person: await personOf(first), ...line }],
      },
      NOW,
    ),
  )
  const escalated = `${first.split('.')[0]} escalation 1`
  const toSecond = `${second.split('.')[0]} passed-on 1`

  const mail = await mailTo(first, NOW)
  await inTransaction(database.pool, (tx) => passOnUndelivered(tx, { id: mail }, NOW))
  expect(await told()).toEqual([escalated, toSecond])
  const next = await mailTo(second, NOW + 1)
  await inTransaction(database.pool, (tx) => passOnUndelivered(tx, { id: next }, NOW))
  expect((await told()).slice(2).sort()).toEqual([
    expect.stringMatching(/@bureau passed-on 2$/),
    expect.stringMatching(/@bureau passed-on 2$/),
  ])
})
