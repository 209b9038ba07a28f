import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { buildApp } from '../../src/api/app.ts'
import { listen, type Server } from '../../src/api/server.ts'
import { importCommand } from '../../src/bin/commands/import.ts'
import { row } from '../../src/db/pool.ts'
import { COLUMNS } from '../../src/ledgers/columns.ts'
import { instantAt } from '../../src/domain/time/days.ts'
import { apiDeps } from '../support/api-deps.ts'
import { platformFile, platformRow } from '../support/platform-file.ts'
import { addTestKey, rolePools } from '../support/scoped.ts'
import { keys, log, type Stack, startStack } from '../support/stack.ts'

const SAMPLE = fileURLToPath(new URL('../data/warnings-2022.csv', import.meta.url))
let stack: Stack
let pools: ReturnType<typeof rolePools>
let server: Server
let dir: string
let said = ''

beforeAll(async () => {
  stack = await startStack({ start: instantAt('2022-09-01', '09:00') })
  await addTestKey(stack.pool, 'command')
  pools = rolePools(stack.database)
  const app = await buildApp({ ...apiDeps(), pool: pools.api, gate: pools.gate, keys, log })
  server = await listen(app, { host: '127.0.0.1', port: 0 })
  dir = await mkdtemp(join(tmpdir(), 'duban-command-'))
  vi.spyOn(console, 'log').mockImplementation((line: string) => void (said += `${line}\n`))
})
beforeEach(() => (said = ''))
afterAll(async () => {
  vi.restoreAllMocks()
  await server?.close()
  await pools?.end()
  await stack?.stop()
  await rm(dir, { recursive: true })
})

const run = (...args: string[]) =>
  importCommand().parseAsync([...args, '--url', server.url, '--token', 'command'], { from: 'user' })
const open = async () =>
  (await row<{ n: number }>(stack.pool, `select count(*) as n from obligations where state = 'open'`))?.n

test('a dry run advises to register a file of old rows with --silent', async () => {
  await run(SAMPLE, '--dry-run')
  expect(said).toMatch(/^检查完毕,尚未登记。/)
  expect(said).toContain('登记时加上 --silent')
  expect(said).not.toContain('撤回:')
})

test('an import says what was refused and why, how many are late already, and how to undo it', async () => {
  const errors = join(dir, 'errors.csv')
  await run(SAMPLE, '--errors', errors)
  expect(said).toMatch(/^已登记。共 421 行:/)
  expect(said).toMatch(/其中 \d+ 件按签发日期已经逾期:第 \d+ 行 .*件。/)
  expect(said).toMatch(/ {2}第 \d+ 行 .+:/)
  expect(said).toMatch(/撤回:\S.* import --undo im_/)
  const [header = [], ...list] = parse(await readFile(errors, 'utf8'), { bom: true })
  expect(header).toEqual(['问题', ...Object.values(COLUMNS), '原文件行号'])
  expect(said).toContain(`行连同问题写入 ${errors};改好后可以直接再导入`)
  const [again, changed, refused] = ['重复', '内容有变', '拒绝'].map((word) =>
    Number(new RegExp(`${word} (\\d+)`).exec(said)?.[1]),
  ) as [number, number, number]
  expect(again).toBeGreaterThan(0)
  expect(list).toHaveLength(changed + refused)
  expect(new Set(list.map((cells) => cells.at(-1))).size).toBe(list.length)
  expect(await open()).toBe(Number(/接收 (\d+)/.exec(said)?.[1]))
})

test('a second import of the same file is one line, tells the refusals again, and offers no undo', async () => {
  const before = await open()
  await run(SAMPLE)
  expect(said).toMatch(
    /\n\d{3} 行与文件中的其他行或已登记的相同,不重复登记。\n没有登记的行:\n {2}\S+ \d+ 行\n/,
  )
  expect(said).toMatch(/\n逐行:\n {2}第 \d+ 行/)
  expect(said).not.toContain('未重复登记')
  expect(said).not.toContain('撤回:')
  expect(await open()).toBe(before)
})

test('an undo says what it cancelled', async () => {
  const before = await open()
  const last = await row<{ id: string }>(
    stack.pool,
    'select id from imports where registered > 0 order by created_at desc limit 1',
  )
  await run('--undo', last?.id ?? '')
  expect(said).toContain(`取消 ${before} 件,其中 ${before} 件没有人调阅过明文,户的资料已一并删去。`)
  expect(await open()).toBe(0)
})

test('the command asks for a file when none is named', async () => {
  await expect(run()).rejects.toThrow('import 预警.csv')
})

test('the rows that were refused are mended in the file of errors and imported again', async () => {
  const [wrong, again] = [join(dir, 'wrong.csv'), join(dir, 'again.csv')]
  const [header = '', first = ''] = new TextDecoder('gb18030').decode(await readFile(SAMPLE)).split(/\r?\n/)
  const town = Object.values(COLUMNS).indexOf('乡镇')
  const row = first.split(',').map((cell, i) => (i === 0 ? 'YJ-MENDED' : i === town ? '高滩縣' : cell))
  await writeFile(wrong, `${header}\r\n${row.join(',')}\r\n`)
  await run(wrong, '--errors', again)
  expect(said).toContain('第 2 行 YJ-MENDED 乡镇“高滩縣”:本县没有这个乡镇')
  const before = await open()
  await writeFile(again, (await readFile(again, 'utf8')).replaceAll('高滩縣', '高滩镇'))
  await run(again)
  expect(said).toContain('接收 1,重复 0,内容有变 0,拒绝 0')
  expect(await open()).toBe((before ?? 0) + 1)
})

test('several files are checked by one command and registered by another', async () => {
  const [one, two] = [join(dir, 'one.csv'), join(dir, 'two.csv')]
  await writeFile(one, platformFile([platformRow(61)]))
  await writeFile(two, platformFile([platformRow(62), platformRow(63)]))
  const before = await open()
  await run(one, two, '--dry-run')
  expect(said).toMatch(/── 1\/2 one\.csv ──[^]*── 2\/2 two\.csv ──[^]*── 一共 2 个 ──/)
  const ids = /import --apply (im_\w+,im_\w+)/.exec(said)?.[1] ?? ''
  expect(await open()).toBe(before)
  await run('--apply', ids, '--silent')
  expect(await open()).toBe((before ?? 0) + 3)
})

describe('a file whose columns nobody knows', () => {
  const path = () => join(dir, 'strange.csv')
  const idIn = (text: string) => /im_\w+/.exec(text)?.[0] ?? ''
  beforeAll(async () => {
    const rows = [1, 2, 3].map((n) => platformRow(n))
    await writeFile(path(), platformFile(rows, { externalId: '流转序列', detail: '情形' }))
  })
  afterEach(() => (process.exitCode = 0))

  test('is left waiting without a terminal, and the line that goes on is told', async () => {
    await run(path())
    expect(process.exitCode).toBe(1)
    expect(said).toContain('什么都还没有登记')
    expect(said).toMatch(/import --continue im_\w+ --map/)
  })

  test('goes on with what is said, and is remembered until it is forgotten', async () => {
    await run(path())
    const id = idIn(said)
    await run('--continue', id, '--map', '流转序列=预警编号', '--map', '情形=预警内容')
    expect(said).toContain('已登记。共 3 行:接收 3')
    said = ''
    await run('--mappings')
    expect(said).toContain('流转序列 = 预警编号')
    expect(said).toContain('情形 = 预警内容')
    await run('--forget', /mp_\w+/.exec(said)?.[0] ?? '')
    said = ''
    await run('--mappings')
    expect(said).toContain('还没有记住')
  })

  test('is refused by name where a column is said that it has not', async () => {
    await run(path())
    const mistyped = run('--continue', idIn(said), '--map', '流转=预警编号')
    await expect(mistyped).rejects.toThrow(/columns\/流转:文件中没有这一列;有:/)
  })

  test('is explained at once with the options of the import', async () => {
    await run(path(), '--dry-run', '--map', '流转序列=externalId', '--map', '情形=-')
    expect(said).toMatch(/^检查完毕,尚未登记。共 3 行/)
  })
})

describe('what an import proposes to cancel', () => {
  const whole = () => join(dir, 'whole.csv')
  const idIn = (text: string) => /im_\w+/.exec(text)?.[0] ?? ''
  const row = (n: number) => platformRow(n, { issuedAt: '2022-05-02 09:30' })
  beforeAll(async () => {
    const all = join(dir, 'all.csv')
    await writeFile(all, platformFile([row(71), row(72)]))
    await writeFile(whole(), platformFile([row(71)]))
    await run(all, '--silent')
  })
  afterEach(() => (process.exitCode = 0))

  test('is cancelled by a command of its own, which says how many; registering leaves it', async () => {
    const before = await open()
    await run(whole(), '--complete', '2022-05-02..2022-05-02')
    expect(said).toContain('没有要登记的行。')
    expect(said).not.toContain('--apply ')
    expect(said).toMatch(/核对后撤销这 1 件:\S.* import --cancel-withdrawn im_/)
    await run('--apply', idIn(said))
    expect(said).toContain('没有撤销任何事项')
    expect(await open()).toBe(before)
    said = ''
    await run(whole(), '--complete', '2022-05-02..2022-05-02')
    const proposed = idIn(said)
    await expect(run('--apply', proposed, '--note', '误报')).rejects.toThrow('--cancel-withdrawn')
    await run('--cancel-withdrawn', proposed)
    expect(said).toContain('平台已撤回,已撤销 1 件:')
    expect(await open()).toBe((before ?? 0) - 1)
  })

  test('of a list of withdrawals is not registered: the line that cancels is told', async () => {
    const list = join(dir, 'list.csv')
    await writeFile(list, '预警编号,事由\nYJ2022000071,误报\nYJ2022000071,误报\n')
    await run(list, '--withdrawals', '--errors', join(dir, 'list-errors.csv'))
    expect(said).toContain('检查完毕,还没有撤销。共 2 行:建议撤销 1,重复 1,不能撤销 0。')
    expect(said).toContain('1 行与文件中前面的行的编号相同,只算一次。')
    expect(said).toContain('(第 2 行):误报')
    await expect(run('--apply', idIn(said))).rejects.toThrow(/没有要登记的行.* import --cancel-withdrawn im_/)
  })
})
