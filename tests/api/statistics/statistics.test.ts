import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { read, utils } from '@e965/xlsx'
import { row } from '../../../src/db/pool.ts'
import { COLUMNS_ACROSS, type Across, ACROSS_LABELS } from '../../../src/domain/obligation/statistic.ts'
import { ENDING_LABELS, endingOf, outcomesOf } from '../../../src/domain/obligation/outcomes.ts'
import { codesOf, OUTCOME_LABELS } from '../../../src/domain/obligation/vocabulary.ts'
import type { Day } from '../../../src/domain/time/days.ts'
import type { Statistics } from '../../../src/contract/api/statistics.ts'
import { addTestKey } from '../../support/scoped.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  foundWarning,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'
import { type Given, madeUp, register, resultOf } from './given-work.ts'

const MANY = 90
let api: TestApp
let officer: Asking
let auditor: Asking
let given: Given[]
/** When each was accepted. */
const acceptedOn = new Map<string, Day>()

beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' })
  given = madeUp(MANY)
  await register(api.pool, given)
  const act = async (id: string, body: object) => {
    const { status, text } = await api.post(`/v1/obligations/${id}/actions`, body)
    expect(status, text).toBe(200)
  }
  for (const { id, fate, n } of given) {
    if (n === MANY / 2) await api.goTo('2022-06-10')
    if (fate === 'open') continue
    if (fate === 'cancelled') {
      await act(id, { action: 'cancel', reason: '重复登记' })
      continue
    }
    await act(id, { action: 'submit', result: resultOf(fate) })
    // Handed in and not accepted: no outcome yet.
    if (n % 7 === 0) continue
    await act(id, { action: 'accept' })
    acceptedOn.set(id, n < MANY / 2 ? '2022-06-06' : '2022-06-10')
  }
  officer = await api.signedIn('town-officer', TOWN)
  auditor = await api.signedIn('auditor', COUNTY)
}, 120_000)
afterAll(() => api.close())

const ask = async (query: string, how?: Asking) => {
  const { status, body, text } = await api.get<Statistics>(`/v1/statistics/obligations?${query}`, how)
  expect(status, text).toBe(200)
  return body
}
const countOf = async (query: Record<string, string>, how?: Asking) =>
  (await api.get<{ count: number }>(`/v1/obligations/count?${new URLSearchParams(query)}`, how)).body.count

/** The column of a warning, from what was made up and done; the ledger is not asked. */
function codeOf(of: Given, across: Across): string {
  const { level, cause, group, source, fate } = of
  const outcome = acceptedOn.has(of.id) && fate !== 'cancelled' && fate !== 'open' ? fate : null
  const ending = outcome === null ? null : endingOf(outcome)
  return { level, cause, group, source, outcome, ending }[across] ?? 'none'
}
const householdOf = ({ household, n }: Given) => (household === null ? `without ${n}` : `number ${household}`)
const tallyOf = (of: readonly Given[]) => ({
  items: of.length,
  households: new Set(of.map(householdOf)).size,
})
const counted = () => given.filter(({ fate }) => fate !== 'cancelled')

describe.each(codesOf(ACROSS_LABELS))('across by %s', (across) => {
  it('counts what was made up, household by household, and items add up', async () => {
    const { columns, items, totals, total } = await ask(`across=${across}`)
    expect(columns.map(({ code }) => code)).toEqual(Object.keys(COLUMNS_ACROSS[across]))
    for (const { office, cells, total: ofRow } of items) {
      const own = counted().filter(({ town }) => office.code === `${COUNTY}.${town}`)
      expect(ofRow, office.code).toEqual(tallyOf(own))
      expect(cells.reduce((sum, cell) => sum + cell.items, 0)).toBe(ofRow.items)
      columns.forEach(({ code }, nth) => {
        const there = own.filter((one) => codeOf(one, across) === code)
        expect(cells[nth], `${office.code} ${code}`).toEqual(tallyOf(there))
      })
    }
    columns.forEach(({ code }, nth) => {
      expect(totals[nth], code).toEqual(tallyOf(counted().filter((one) => codeOf(one, across) === code)))
    })
    expect(total).toEqual(tallyOf(counted()))
    expect(items.reduce((sum, line) => sum + line.total.items, 0)).toBe(total.items)
    expect(total.households).toBeLessThan(total.items)
  })

  test.each([
    '',
    '&span=issued&from=2022-05-20&to=2022-05-30',
    '&span=accepted&from=2022-06-10',
    '&cause=illness',
  ])(
    'each number is that of its list (%s)',
    async (more) => {
      const { query, columns, items, totals, total } = await ask(`across=${across}${more}`)
      const lines = [...items.slice(0, 4), { query: {}, cells: totals, total }]
      for (const line of lines) {
        expect(await countOf({ ...query, ...line.query })).toBe(line.total.items)
        for (const [nth, column] of columns.entries()) {
          const count = line.cells[nth]?.items ?? -1
          // A filter of the question that is also the column's: the other columns are empty.
          if (count === 0 && query[across] !== undefined) continue
          expect(await countOf({ ...query, ...line.query, ...column.query }), column.code).toBe(count)
        }
      }
    },
    60_000,
  )
})

test('every town has a line, also one with nothing', async () => {
  const { items } = await ask('kind=report')
  expect(items.length).toBeGreaterThanOrEqual(17)
  expect(items.every(({ total }) => total.items === 0)).toBe(true)
})

test('a span of acceptance counts by the day it was accepted, in Beijing', async () => {
  const on = async (day: Day) => (await ask(`span=accepted&from=${day}&to=${day}`)).total.items
  const days = [...acceptedOn.values()]
  expect(await on('2022-06-06')).toBe(days.filter((day) => day === '2022-06-06').length)
  expect(await on('2022-06-10')).toBe(days.filter((day) => day === '2022-06-10').length)
  expect(await on('2022-06-07')).toBe(0)
  expect((await ask('span=accepted')).total.items).toBe(days.length)
})

test('each outcome comes to one ending', () => {
  const all = codesOf(ENDING_LABELS).flatMap(outcomesOf)
  expect(all.sort()).toEqual(codesOf(OUTCOME_LABELS).sort())
})

describe('a town', () => {
  it('sees its own alone', async () => {
    const { items, total } = await ask('', officer)
    expect(items.map(({ office }) => office.code)).toEqual([TOWN])
    expect(total).toEqual(tallyOf(counted().filter(({ town }) => town === 'maoba')))
  })

  it('sees its villages, masked, which add up to the town', async () => {
    const { items, total, columns } = await ask('down=village', officer)
    expect(items.map(({ village }) => village).sort()).toEqual(['', '双*村', '虚*村'])
    const own = counted().filter(({ town }) => town === 'maoba')
    for (const { village, total: ofRow, cells, query } of items) {
      const there = own.filter((one) => one.village.at(0) === village?.at(0))
      expect(ofRow, `${village}`).toEqual(tallyOf(there))
      expect(query).toBeNull()
      columns.forEach(({ code }, nth) =>
        expect(cells[nth]).toEqual(tallyOf(there.filter((one) => codeOf(one, 'ending') === code))),
      )
    }
    expect(total).toEqual((await ask('', officer)).total)
  })

  it('is one to a key that was granted no personal data', async () => {
    await addTestKey(api.pool, 'a-key-without-people', { personal: false })
    const { items } = await ask('down=village', { token: 'a-key-without-people' })
    expect(items.every(({ village }) => village === '')).toBe(true)
    expect(items).toHaveLength(new Set(counted().map(({ town }) => town)).size)
  })

  it('of another county is unknown', async () => {
    const { status } = await api.get<ProblemBody>('/v1/statistics/obligations?office=xx.yy')
    expect(status).toBe(400)
  })
})

test('households that a person joined count once', async () => {
  const [a, b] = counted().filter(({ household, town }) => household === null && town === 'maoba')
  const before = (await ask('')).total
  const url = `/v1/households/${a!.id}/twins/${b!.id}`
  const { status, text } = await api.ask({ method: 'PUT', url, payload: { same: true } }, officer)
  expect(status, text).toBeLessThan(300)
  expect((await ask('')).total).toEqual({ ...before, households: before.households - 1 })
  expect((await ask('down=village')).total.households).toBe(before.households - 1)
})

test('visits of a household without a number that follow one another are of one household', async () => {
  const { name, village } = { name: '李某', village: '双河村' }
  const person = { name, idNo: '', phone: '', village, detail: '' }
  const office = `${COUNTY}.hongchun`
  const body = { kind: 'warning', office, level: 'yellow', cause: 'illness', group: 'near-poor', person }
  let { id } = (await api.post<{ id: string }>('/v1/obligations', body)).body
  const pass = async (result: object) => {
    for (const action of [{ action: 'submit', result }, { action: 'accept' }]) {
      const { status, text } = await api.post(`/v1/obligations/${id}/actions`, action)
      expect(status, text).toBe(200)
    }
    const followed = (await api.get<{ followedBy: string[] }>(`/v1/obligations/${id}`)).body.followedBy
    id = followed[0] ?? ''
  }
  const before = (await ask('kind=monitoring-visit')).total
  await pass({ outcome: 'ineligible' })
  await api.goTo('2022-08-10')
  await pass({ finding: 'unchanged', visitedOn: '2022-08-10', visitedBy: '李干事' })
  const after = (await ask('kind=monitoring-visit')).total
  expect(after).toEqual({ items: before.items + 2, households: before.households + 1 })
})

describe('the file', () => {
  it('has the numbers of the page in both formats, and the trail knows of it', async () => {
    const { items, total } = await ask('across=level')
    const csv = await api.get('/v1/statistics/obligations/file?across=level&format=csv', auditor)
    const [first, second, ...lines] = csv.text.replace('\uFEFF', '').trim().split('\r\n')
    expect(first).toBe('单位,红色,,橙色,,黄色,,没有等级,,合计,')
    expect(second).toBe(',件,户,件,户,件,户,件,户,件,户')
    expect(lines).toHaveLength(items.length + 1)
    expect(lines.at(-1)?.split(',').slice(-2)).toEqual([String(total.items), String(total.households)])
    const answer = await api.app.inject({
      ...{ method: 'GET', url: '/v1/statistics/obligations/file?across=level' },
      headers: auditor.headers ?? {},
    })
    const book = read(answer.rawPayload)
    expect(book.SheetNames).toEqual(['预警等级', '说明'])
    const cells = utils.sheet_to_json<unknown[]>(book.Sheets['预警等级']!, { header: 1 })
    expect(cells.at(-1)?.slice(-2)).toEqual([total.items, total.households])
    expect(book.Sheets['预警等级']!['!merges']).toHaveLength(5)
    const told = await row<{ detail: object }>(
      api.pool,
      `select detail from audit_events where action = 'statistic.export' order by id desc limit 1`,
    )
    expect(told?.detail).toMatchObject({ across: 'level', format: 'xlsx', rows: items.length })
  })
})

describe('at night in Beijing, which is another day in UTC', () => {
  const DAY = '2022-08-16'
  const ids: string[] = []
  const on = async (span: string, day: Day) => (await ask(`span=${span}&from=${day}&to=${day}`)).total.items

  it.each(['00:30', '23:30'])('what is issued and accepted at %s counts on its day', async (time) => {
    const before = [await on('issued', DAY), await on('accepted', DAY)]
    await api.goTo(DAY, time)
    const { id } = await foundWarning(api, { externalId: `NIGHT-${time}` })
    for (const body of [{ action: 'submit', result: { outcome: 'dibao' } }, { action: 'accept' }])
      expect((await api.post(`/v1/obligations/${id}/actions`, body)).status).toBe(200)
    ids.push(id)
    expect([await on('issued', DAY), await on('accepted', DAY)]).toEqual(before.map((n) => n + 1))
    for (const day of ['2022-08-15', '2022-08-17'] as const)
      expect([await on('issued', day), await on('accepted', day)], day).toEqual([0, 0])
  })

  it('what is reopened is accepted no longer', async () => {
    const before = await on('accepted', DAY)
    const body = { action: 'reopen', reason: '结论有误,重新核查' }
    const { status, text } = await api.post(`/v1/obligations/${ids[0]}/actions`, body)
    expect(status, text).toBe(200)
    expect(await on('accepted', DAY)).toBe(before - 1)
  })
})

test('what follows is of the household it follows from, whatever number it has by now', async () => {
  const { total } = await ask('kind=follow-up')
  const { rowCount } = await api.pool.query(
    `update subjects s set id_no_index = decode(md5(s.obligation), 'hex')
       from obligations o, obligations p where o.id = s.obligation and p.id = o.follows_from and o.kind = 'follow-up'`,
  )
  expect(rowCount).toBeGreaterThan(0)
  const all = async () => (await ask('kind=follow-up')).total
  expect(await all()).toEqual(total)
})

test('of a village’s office each number is that of its list', async () => {
  const village = `${TOWN}.shuanghe`
  await api.pool.query(
    `insert into offices (code, parent, kind, name, duties) values ($1, $2, 'village', '双河村', '[]')`,
    [village, TOWN],
  )
  const { id } = await foundWarning(api, { externalId: 'OF-A-VILLAGE' })
  await api.pool.query('update obligations set office = $2 where id = $1', [id, village])
  const { query, items, total } = await ask(`office=${village}`)
  expect([total.items, items.length]).toEqual([1, 1])
  expect(await countOf({ ...query, ...items[0]!.query })).toBe(1)
})

test('a span that ends before it begins is refused with its place', async () => {
  const asked = '/v1/statistics/obligations?from=2022-06-02&to=2022-06-01'
  const { status, body } = await api.get<ProblemBody>(asked)
  expect([status, body.errors?.map(({ pointer }) => pointer)]).toEqual([400, ['/querystring/to']])
})
