import type { Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Counted, keepReads, readKept } from '../../src/db/kept-reads.ts'
import { inTransaction, row, type Sql } from '../../src/db/pool.ts'
import { instantAt } from '../../src/domain/time/days.ts'
import { directoryAround } from '../../src/services/people/directory.ts'
import { county } from '../../src/services/people/offices.ts'
import { addOverrides, readCalendar } from '../../src/services/schedule/calendar.ts'
import { COUNTY, createCounty, TOWN } from '../support/county.ts'
import type { TestDatabase } from '../support/database.ts'

const BOTH: Counted[] = ['directory', 'calendar']
let database: TestDatabase

beforeAll(async () => {
  database = await createCounty(instantAt('2022-06-06', '09:00'))
})
afterAll(() => database.drop())

/** What one transaction reads, and which statements it sent for it. */
async function reading<T>(what: readonly Counted[], read: (tx: Sql) => Promise<T>) {
  const sent: string[] = []
  const value = await inTransaction(database.pool, async (tx) => {
    await keepReads(tx, database.pool, what)
    const counting = { query: tx.query } as Sql
    const heard = ((...given: Parameters<Sql['query']>) => {
      sent.push(String((given[0] as { text?: string }).text ?? given[0]))
      return counting.query(...given)
    }) as Sql['query']
    Object.assign(tx, { query: heard })
    return read(tx)
  })
  return { value, sent }
}

beforeEach(async () => {
  await reading(BOTH, (tx) =>
    Promise.all([county(tx, COUNTY), directoryAround(tx, TOWN), readCalendar(tx, TOWN)]),
  )
})

test('what another transaction has read of the same edition is not read again', async () => {
  const again = await reading(BOTH, async (tx) => ({
    name: (await county(tx, COUNTY)).name,
    offices: (await directoryAround(tx, TOWN)).offices.size,
    isWorking: (await readCalendar(tx, TOWN)).isWorking('2022-06-06'),
  }))
  expect(again.sent).toEqual([])
  const alone = await inTransaction(database.pool, async (tx) => ({
    name: (await county(tx, COUNTY)).name,
    offices: (await directoryAround(tx, TOWN)).offices.size,
    isWorking: true,
  }))
  expect(again.value).toEqual(alone)
})

test('a change of people, of the county or of days is seen by the next transaction', async () => {
  await database.pool.query(`update people set name = '改名' where id = (select min(id) from people)`)
  const people = await reading(BOTH, (tx) => directoryAround(tx, TOWN))
  expect(people.sent.length).toBeGreaterThan(0)
  await database.pool.query(`update counties set contact = '新电话' where office = $1`, [COUNTY])
  expect((await reading(BOTH, (tx) => county(tx, COUNTY))).value.contact).toBe('新电话')
  const day = { day: '2022-06-08', working: false, name: '试', source: '试' }
  await inTransaction(database.pool, (tx) => addOverrides(tx, [day]))
  const days = await reading(BOTH, async (tx) => (await readCalendar(tx, TOWN)).isWorking('2022-06-08'))
  expect(days.value).toBe(false)
})

test('only what was asked for is taken from memory', async () => {
  const days = await reading(['calendar'], (tx) => county(tx, COUNTY))
  expect(days.sent).toHaveLength(1)
})

test('nobody waits for what somebody else is reading, and a failed reading is not remembered', async () => {
  const read = (value: () => Promise<string>) =>
    reading(BOTH, (tx) => readKept(tx, 'directory', 'a word', value)).then(({ value: found }) => found)
  let fail: (error: Error) => void = () => undefined
  const hanging = read(() => new Promise<string>((_resolve, reject) => (fail = reject)))
  const other = () => Promise.resolve('read by another')
  expect(await read(other)).toBe('read by another')
  fail(new Error('the connection is gone'))
  await expect(hanging).rejects.toThrow('the connection is gone')
  expect(await read(() => Promise.reject(new Error('asked again')))).toBe('read by another')
})

test('days that the transaction changes itself are read by itself, and remembered by nobody', async () => {
  const day = { day: '2022-06-09', working: false, name: '试', source: '试' }
  const isWorking = async (tx: Sql) => (await readCalendar(tx, TOWN)).isWorking('2022-06-09')
  const changing = reading(BOTH, async (tx) => {
    await addOverrides(tx, [day])
    expect(await isWorking(tx)).toBe(false)
    throw new Error('taken back')
  })
  await expect(changing).rejects.toThrow('taken back')
  expect((await reading(BOTH, isWorking)).value).toBe(true)
})

test('what is asked in one turn leaves in one piece', async () => {
  const client = await database.pool.connect()
  try {
    await client.query('select 1')
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
    let pieces = 0
    const { _write, _writev } = stream as unknown as Record<string, (...given: unknown[]) => void>
    Object.assign(stream, {
      _write: (...given: unknown[]) => (pieces++, _write!.apply(stream, given)),
      _writev: (...given: unknown[]) => (pieces++, _writev!.apply(stream, given)),
    })
    const answers = await Promise.all(
      [1, 2, 3].map((n) => row<{ n: number }>(client, 'select $1::int as n', [n])),
    )
    expect(answers).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
    expect(pieces).toBe(1)
    await client.query('select 4')
    expect(pieces).toBe(2)
  } finally {
    client.release(true)
  }
})
