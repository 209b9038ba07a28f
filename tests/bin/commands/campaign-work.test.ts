import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createTimelineActivities } from '../../../src/activities/timeline.ts'
import { comparisonsCommand } from '../../../src/bin/commands/comparisons.ts'
import { discoveryCommand } from '../../../src/bin/commands/discovery.ts'
import { householdCommand } from '../../../src/bin/commands/household.ts'
import { problemsCommand } from '../../../src/bin/commands/problems.ts'
import { rosterCommand } from '../../../src/bin/commands/roster.ts'
import { screeningsCommand } from '../../../src/bin/commands/screenings.ts'
import { inTransaction, row } from '../../../src/db/pool.ts'
import { poke } from '../../../src/services/watching/pokes.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  foundWarning,
  HOUSEHOLD,
  type TestApp,
  TOKEN,
  TOWN,
} from '../../api/build.ts'

let api: TestApp
let url: string
let dir: string
let said = ''
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' })
  const { body } = await api.post<{ id: string }>('/v1/campaigns', { year: 2022 })
  await inTransaction(api.pool, (tx) => poke(tx, 'timeline', [body.id]))
  const deps = { pool: api.pool, wallNow: () => Date.now() } as never
  await createTimelineActivities(deps).tickTimeline(body.id, 1)
  url = await api.app.listen({ host: '127.0.0.1', port: 0 })
  dir = mkdtempSync(join(tmpdir(), 'duban-command-'))
  vi.spyOn(console, 'log').mockImplementation((line: string) => void (said += `${line}\n`))
})
afterEach(() => void (process.exitCode = undefined))
afterAll(async () => {
  vi.restoreAllMocks()
  rmSync(dir, { recursive: true })
  await api.close()
})

/** @returns what it printed */
async function run(command: Command, ...args: string[]): Promise<string> {
  said = ''
  await command.parseAsync([...args, '--url', url, '--token', TOKEN], { from: 'user' })
  return said.trim()
}
function file(name: string, content: string): string {
  const path = join(dir, name)
  writeFileSync(path, content)
  return path
}

test('comparisons: the ledger with its numbers, and the quota with what is short', async () => {
  const listed = await run(comparisonsCommand(), 'list', '--partner', 'medical-insurance')
  expect(listed).toMatch(/^ob_\w+ .*(县级).*医保.*上半年.*:/u)
  expect(JSON.parse(await run(comparisonsCommand(), 'list', '--json'))).toHaveLength(2)
  expect(await run(comparisonsCommand(), 'list', '--office', TOWN)).toBe('还没有数据比对。')
  const quota = await run(comparisonsCommand(), 'quota')
  expect(quota.split('\n')).toHaveLength(13)
  expect(quota).toContain('要求 1,已完成 0,已安排 1,逾期 0')
  expect(quota).toContain('照现在的安排,配额完得成。')
})

const ENTRIES = '姓名,身份证号,村,走访日期,查到的情况,后续安排\n张测试某,,虚构村,,,\n李测试某,,虚构村,,,'
const screeningOf = async () =>
  (await row<{ id: string }>(
    api.pool,
    `select id from obligations where kind = 'screening' and office = $1 order by id limit 1`,
    [TOWN],
  ))!.id

test('screenings: entries come from a file and from the roster, and are listed masked', async () => {
  const id = await screeningOf()
  expect(await run(screeningsCommand(), 'matrix')).toContain(`毛坝镇 `)
  expect(await run(screeningsCommand(), 'import', id, file('排查.csv', ENTRIES), '--dry-run')).toContain(
    '只检查了,什么也没有登记。',
  )
  const done = await run(screeningsCommand(), 'import', id, file('排查.csv', ENTRIES))
  expect(done).toContain('读到 2 行')
  expect(done).toContain('新记录 2 户,更新 0 户,相同 0 户')
  const listed = await run(screeningsCommand(), 'list', id, '--finding', 'none')
  expect(listed.split('\n')).toHaveLength(2)
  expect(listed).toMatch(/张\*+某:还没有走访/)
  expect(listed).not.toContain('张测试某')
  expect(await run(screeningsCommand(), 'carry-over', id)).toMatch(/^从名册带入 \d+ 户,已有记录的 \d+ 户。$/)
  expect(await run(screeningsCommand(), 'matrix')).toMatch(new RegExp(`${id}.*已排查 0/2 户`))
})

test('discovery: a household from a file, its twins before it is saved, and the household it is', async () => {
  const found = { office: TOWN, level: 'yellow', cause: 'illness', person: HOUSEHOLD }
  const path = file('发现.json', JSON.stringify(found))
  const first = /已登记 (ob_\w+),/.exec(await run(discoveryCommand(), 'add', path))?.[1] ?? ''
  const again = await run(discoveryCommand(), 'add', path)
  expect(again).toContain('可能已经登记过,没有登记:')
  expect(again).toContain(first)
  expect(process.exitCode).toBe(1)
  const second =
    /已登记 (ob_\w+),/.exec(await run(discoveryCommand(), 'add', path, '--twins-seen'))?.[1] ?? ''
  const listed = await run(discoveryCommand(), 'list', '--office', TOWN)
  expect(listed.split('\n')).toHaveLength(2)
  expect(listed).not.toContain(HOUSEHOLD.name)
  const story = await run(householdCommand(), 'show', first)
  expect(story).toContain('保障:没有认定')
  expect(story).toContain(second)
  expect(story).not.toContain(HOUSEHOLD.idNo)
})

test('discovery: what is no household is said before anything is sent', async () => {
  await expect(run(discoveryCommand(), 'add', '/none/发现.json')).rejects.toThrow('没有文件')
  await expect(run(discoveryCommand(), 'add', dir)).rejects.toThrow('没有文件')
  await expect(run(discoveryCommand(), 'add', file('坏.json', '{'))).rejects.toThrow('不是一户')
  await expect(run(discoveryCommand(), 'add', file('空.json', '{"office": 1}'))).rejects.toThrow('不是一户')
})

test('household: possible twins are joined, kept apart and undecided', async () => {
  const person = { name: '周无号', idNo: '', phone: '19900007777', village: '西坪村', detail: '' }
  const ids: string[] = []
  for (const name of ['周无号', '周无好']) {
    // What a file says of a kind changes nothing: a household that was found is a warning.
    const found = { kind: 'screening', office: TOWN, level: 'yellow', person: { ...person, name } }
    const text = await run(discoveryCommand(), 'add', file('户.json', JSON.stringify(found)), '--twins-seen')
    ids.push(/ob_\w+/.exec(text)?.[0] ?? '')
  }
  const [first = '', other = ''] = ids
  expect(await run(householdCommand(), 'twins', first)).toContain('联系电话相同')
  expect(await run(householdCommand(), 'apart', first, other)).toBe('已认定为不同的户。')
  expect(await run(householdCommand(), 'twins', first)).toContain('已认定为不同的户')
  expect(await run(householdCommand(), 'same', first, other)).toBe('已认定为同一户。')
  expect(await run(householdCommand(), 'show', first)).toContain(other)
  expect(await run(householdCommand(), 'undecide', first, other)).toBe('已取消认定。')
  expect(await run(householdCommand(), 'show', first)).not.toContain(other)
})

test('household: an exit says why, and who decided it', async () => {
  const { id } = await foundWarning(api, { externalId: 'EXIT-CLI' })
  const result = { outcome: 'moved-away', exitReason: 'moved', decidedBy: '镇长办公会' }
  const officer = await api.signedIn('town-officer', TOWN)
  const act = (body: object, who?: Asking) => api.post(`/v1/obligations/${id}/actions`, body, who)
  expect((await act({ action: 'submit', result }, officer)).status).toBe(200)
  expect((await act({ action: 'accept' })).status).toBe(200)
  expect(await run(householdCommand(), 'show', id)).toMatch(
    /退出:\d{4}-\d\d-\d\d 户籍或居住地迁出,镇长办公会决定/,
  )
})

test('problems: the list, and the pace that is required and kept', async () => {
  expect(await run(problemsCommand(), 'list')).toBe('没有这样的问题。')
  const body = { origin: 'audit', type: 'missed-cover', wrong: '两户应保未保', dueOn: '2022-12-15' }
  await api.post('/v1/problems', { offices: [TOWN, `${COUNTY}.donghe`], ...body })
  const listed = await run(problemsCommand(), 'list', '--office', TOWN)
  expect(listed).toMatch(/^ob_\w+ 毛坝镇 审计.*:待办,2022-12-15 到期$/)
  const status = await run(problemsCommand(), 'status')
  expect(status).toMatch(
    /毛坝镇:登记 1 件,已销号 0,还剩 1,每个工作日要 0\.1 件,实际 0\.0 件,照此看不到哪天清零$/m,
  )
  expect(status).toContain('合计:登记 2 件,已销号 0,还剩 2')
  const year = await row<{ id: string }>(api.pool, 'select id from campaigns')
  expect(await run(problemsCommand(), 'status', '--campaign', year?.id ?? '')).toBe(status)
  await expect(run(problemsCommand(), 'status', '--campaign', 'ca_none')).rejects.toThrow('没有这个行动')
})

test('roster: its households, masked, and the files that they came from', async () => {
  const rosterFile =
    '乡镇,村,姓名,身份证号,联系电话,重点人群类别,保障情况\n毛坝镇,虚构村,王测试某,,,边缘户,无'
  expect(await run(rosterCommand(), 'files')).toBe('还没有登记过名册文件。')
  await run(rosterCommand(), 'import', file('名册.csv', rosterFile))
  const listed = await run(rosterCommand(), 'list', '--group', 'near-poor')
  expect(listed).toMatch(/^rh_\w+ 毛坝镇 .*王\*+某:/)
  expect(listed).not.toContain('王测试某')
  // Whom only the roster knows has a story too.
  const story = await run(householdCommand(), 'show', listed.split(' ')[0] ?? '')
  expect(story).toMatch(/^名册:毛坝镇,.*未纳入保障$/m)
  expect(story).toContain('保障:没有认定')
  // In the time of whoever reads it.
  expect(await run(rosterCommand(), 'files')).toMatch(/^ri_\w+ 2022-06-06 \d\d:\d\d:新登记 1 户,更改 0 户$/)
  expect(await run(rosterCommand(), 'list', '--cover', 'dibao')).toBe('名册上没有这样的户。')
})
