import { writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction, row } from '../../../src/db/pool.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { readCampaignTemplate } from '../../../src/services/campaigns/template.ts'
import { startCampaign } from '../../../src/services/campaigns/store.ts'
import { type Asking, buildTestApp, COUNTY, type Json, type ProblemBody, type TestApp } from '../build.ts'

let api: TestApp
let centre: Asking
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-10-10' })
  const template = await readCampaignTemplate('safety-net-2022')
  await inTransaction(api.pool, (tx) =>
    startCampaign(tx, { county: COUNTY, year: 2022, template }, instantAt('2022-05-27', '09:00')),
  )
  centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
})
afterAll(() => api.close())

type Fault = { row: number; column: string; value: string; message: string }
type Answer = Json & { read: number; good: number; bad: number; registered: number | null; faults: Fault[] }
const HEAD = '序号,问题来源,问题类型,具体问题,涉及镇,整改措施,责任人,整改时限'
const GOOD = ',审计,漏保,抽查的一户漏保三个月,毛坝镇,逐户复核,某干部,2022年11月30日'
const send = <T = Answer>(content: string | Buffer, question = '', as = centre, filename = '问题清单.csv') =>
  api.upload<T>(`/v1/problems/import?${question}`, [{ field: 'file', filename, content }], as)
const count = async () => (await row<{ n: number }>(api.pool, 'select count(*) as n from problems'))!.n

/** Ten thousand rows, of which 37 are wrong in turn in each of five ways. */
const WRONG: [column: string, value: string, line: string][] = [
  ['涉及镇', '无此镇', GOOD.replace('毛坝镇', '无此镇')],
  ['问题来源', '听说', GOOD.replace('审计', '听说')],
  ['问题类型', '错的', GOOD.replace('漏保,', '错的,')],
  ['整改时限', '2022-12-20', GOOD.replace('2022年11月30日', '2022-12-20')],
  ['具体问题', '漏', GOOD.replace('抽查的一户漏保三个月', '漏')],
]
const BAD_ROWS = Array.from({ length: 37 }, (_, i) => 3 + i * 270)
function tenThousand(): string {
  const lines = Array.from({ length: 10_000 }, (_, i) => {
    const nth = BAD_ROWS.indexOf(i + 2)
    return nth < 0 ? `${i}${GOOD}` : `${i}${WRONG[nth % WRONG.length]![2]}`
  })
  return [HEAD, ...lines].join('\r\n')
}

describe('ten thousand problems in one file, 37 of them bad', () => {
  const file = tenThousand()

  test('are checked first: each bad one is named by row, column and value, and nothing is registered', async () => {
    const { status, body } = await send(file)
    expect(status).toBe(200)
    expect(body).toMatchObject({ read: 10_000, good: 9_963, bad: 37, registered: null, problems: 9_963 })
    expect(body.faults.map(({ row: at }) => at)).toEqual(BAD_ROWS)
    body.faults.forEach(({ column, value, message }, i) => {
      const [wrongColumn, wrongValue] = WRONG[i % WRONG.length]!
      expect([column, value]).toEqual([wrongColumn, wrongValue])
      expect(message).toMatch(/\p{Script=Han}.*。$/u)
    })
    expect(body.faults[3]?.message).toContain('2022-12-15')
    expect(await count()).toBe(0)
  })

  test('are not registered while one is bad, unless that is asked for', async () => {
    expect((await send(file, 'dryRun=false')).body).toMatchObject({ registered: null, bad: 37 })
    expect(await count()).toBe(0)
    const kept = await send(file, 'dryRun=false&keepGood=true')
    expect(kept.body).toMatchObject({ registered: 9_963, bad: 37 })
    expect(await count()).toBe(9_963)
  })

  test('come again, and are not registered twice', async () => {
    expect((await send(file, 'dryRun=false&keepGood=true')).body.registered).toBe(0)
    expect(await count()).toBe(9_963)
  })

  test('come again mended, and only what was mended is registered', async () => {
    const mended = file.split('\r\n').map((line, i) => (BAD_ROWS.includes(i + 1) ? `${i}${GOOD}` : line))
    const { body } = await send(mended.join('\r\n'), 'dryRun=false')
    expect(body).toMatchObject({ good: 10_000, bad: 0, registered: 37 })
    expect(await count()).toBe(10_000)
  })
})

describe('a file', () => {
  test('names several towns in one row, or all of them: a problem each', async () => {
    const before = await count()
    const lines = [
      GOOD.replace('毛坝镇', '毛坝镇、洞河镇').replace('三个月', '四个月'),
      GOOD.replace('毛坝镇', '各镇').replace('三个月', '五个月'),
    ]
    const towns = await row<{ n: number }>(api.pool, `select count(*) as n from offices where kind = 'town'`)
    const { body } = await send([HEAD, ...lines].join('\n'), 'dryRun=false')
    expect(body).toMatchObject({ good: 2, registered: 2 + towns!.n })
    expect(await count()).toBe(before + 2 + towns!.n)
  })

  test('that would be more problems than one file may hold is refused as a whole, also where it is only checked', async () => {
    const before = await count()
    const lines = Array.from({ length: 1_200 }, (_, i) => `${i}${GOOD.replace('毛坝镇', '各镇')}`)
    for (const question of ['', 'dryRun=false']) {
      const { status, body } = await send<ProblemBody>([HEAD, ...lines].join('\n'), question)
      expect([status, body.detail]).toEqual([422, expect.stringMatching(/20400 件.*最多 20000 件/) as string])
    }
    expect(await count()).toBe(before)
  })

  test('may be a workbook', async () => {
    const rows = [HEAD.split(','), ['1', ...GOOD.replace('三个月', '半年').slice(1).split(',')]]
    const content = Buffer.from(await writeXlsx({ sheets: [{ name: '问题清单', rows }] }))
    const { body } = await send(content, 'dryRun=false', centre, '问题清单.xlsx')
    expect(body).toMatchObject({ read: 1, good: 1, registered: 1, faults: [] })
  })

  test('without a column names those that are missing', async () => {
    const { status, body } = await send<ProblemBody>('问题来源,问题类型,整改单位\n审计,漏保,毛坝镇')
    expect(status).toBe(422)
    expect(body.detail).toContain('存在问题、整改期限')
  })

  test.each([
    ['no table', Buffer.from('%PDF-1.4 x')],
    ['nothing', Buffer.alloc(0)],
    ['a head alone', Buffer.from(`${HEAD}\n`)],
  ])('that is %s is refused in words', async (_what, content) => {
    const { status, body } = await send<ProblemBody>(content)
    expect(status).toBe(422)
    expect(body.detail).toMatch(/\p{Script=Han}/u)
  })

  test('of a town registers for that town alone', async () => {
    const officer = await api.signedIn('town-officer', `${COUNTY}.maoba`)
    const lines = [GOOD, GOOD.replace('毛坝镇', '洞河镇')]
    const { body } = await send([HEAD, ...lines].join('\n'), 'dryRun=false', officer)
    expect(body).toMatchObject({ good: 1, bad: 1, registered: null })
    expect(body.faults).toMatchObject([{ row: 3, column: '涉及镇', value: '洞河镇' }])
  })

  test('with a number of somebody in its title is refused, and the number is not told', async () => {
    const { body } = await send(`${HEAD},问题名称\n${GOOD},整改13800001111`)
    expect(body.faults[0]).toMatchObject({ row: 2, column: '问题名称' })
    expect(JSON.stringify(body)).not.toContain('13800001111')
  })
})
