import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { auditCommand } from '../../../src/bin/commands/audit.ts'
import { row } from '../../../src/db/pool.ts'
import { addEvents, seal, trailEvent, WALL } from '../../support/audit.ts'
import { addAuditEvent } from '../../../src/services/audit/trail.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

const CUT = 'delete from audit_blocks where number = 2; delete from audit_events where id > 2'
let database: TestDatabase
let dir: string
let said: string

beforeEach(async () => {
  database = await createTestDatabase()
  dir = await mkdtemp(join(tmpdir(), 'duban-audit-'))
  vi.stubEnv('DATABASE_URL', database.url)
  vi.stubEnv('DUBAN_DATA', dir)
  vi.stubEnv('DUBAN_MASTER_KEY', Buffer.alloc(32, 7).toString('hex'))
  vi.stubEnv('LOG_LEVEL', 'silent')
  vi.stubEnv('SMTP_URL', '')
  vi.spyOn(console, 'log').mockImplementation((line: string) => void (said += `${line}\n`))
  await addEvents(database.pool, 4)
  await seal(database.pool, 'audit', { size: 2 })
})
afterEach(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  process.exitCode = undefined
  await database.drop()
  await rm(dir, { recursive: true })
})

async function duban(...args: string[]): Promise<string> {
  said = ''
  process.exitCode = undefined
  await auditCommand().parseAsync(args, { from: 'user' })
  return said.trim()
}

test('verify says that all is whole', async () => {
  expect(await duban('verify')).toBe('全部封存完好。')
  expect(process.exitCode).toBeUndefined()
  expect(await duban('verify', '--json')).toBe('[]')
})

test('verify says in words what was done, where and since when, and fails', async () => {
  await database.pool.query(
    "update audit_events set actor = 'pe_9' where id = 3; delete from audit_events where id = 2",
  )
  expect((await duban('verify')).split('\n')).toEqual([
    '操作记录:第 2 号记录,在第 1 块,记录被删除(发生在 2026-05-06 09:30(北京时间) 之后)。',
    '操作记录:第 3 号记录,在第 2 块,内容被改动(发生在 2026-05-06 09:30(北京时间) 之后)。',
  ])
  expect(process.exitCode).toBe(1)
  expect(JSON.parse(await duban('verify', '--json'))).toMatchObject([
    { kind: 'deleted', stream: 'audit', id: 2, block: 1, since: WALL },
    { kind: 'edited', stream: 'audit', id: 3, block: 2, since: WALL },
  ])
})

test('the head that an auditor keeps reveals a cut-off end', async () => {
  const [head] = JSON.parse(await duban('head', '--json')) as { number: number; mac: string }[]
  await database.pool.query(CUT)
  expect(await duban('verify')).toBe('全部封存完好。')
  for (const given of [`${head!.number}:${head!.mac}`, `audit:${head!.number}:${head!.mac.toUpperCase()}`]) {
    expect(await duban('verify', '--head', given)).toBe(
      '操作记录:第 2 块,末尾被截去(2026-05-06 09:30(北京时间) 之后的都已不在)。',
    )
    expect(process.exitCode).toBe(1)
  }
  await expect(duban('verify', '--head', '2:abc')).rejects.toMatchObject({ name: 'CliError' })
})

test('a published head in the data directory reveals it too, even when the database forgot it', async () => {
  expect(await duban('publish')).toMatch(/^操作记录:audit:2:[0-9a-f]{64}.*\n没有设置 SMTP_URL,未发邮件。$/)
  await database.pool.query(`${CUT}; delete from audit_heads`)
  expect(await duban('verify')).toContain('末尾被截去')
  // With both gone nobody can tell: hence the mail.
  await rm(join(dir, 'audit-heads.log'))
  expect(await duban('verify')).toBe('全部封存完好。')
})

test('publishing twice says that there is nothing new', async () => {
  await duban('publish')
  expect(await row(database.pool, "select actor from audit_events where action = 'audit.publish'")).toEqual({
    actor: 'owner',
  })
  expect(await duban('publish')).toBe('没有新的封存。')
})

test('prune refuses what is too young, and says from when it may be pruned', async () => {
  const today = new Date().toISOString().slice(0, 10)
  await expect(duban('prune', '--before', today)).rejects.toThrow(/至少保存 180 天:最晚可写 --before 20/)
  await expect(duban('prune', '--before', '2022-02-30')).rejects.toThrow('YYYY-MM-DD')
  expect(await duban('prune', '--before', '2022-01-01')).toBe('没有这么早的记录。')
})

test('prune says how much it deleted', async () => {
  await database.pool.query('truncate audit_blocks')
  await seal(database.pool, 'audit', { size: 2, wall: Date.UTC(2020, 0, 1) })
  expect(await duban('prune', '--before', '2021-01-01')).toBe('已删除 1 块、2 条,到第 1 块为止。')
  await addAuditEvent(database.pool, trailEvent())
  expect(await duban('verify')).toBe('全部封存完好。')
})

test('without a master key nothing can be verified', async () => {
  vi.stubEnv('DUBAN_MASTER_KEY', '')
  await expect(duban('verify')).rejects.toThrow('没有主密钥')
  await writeFile(join(dir, 'master-key'), Buffer.alloc(32, 7).toString('hex'))
  expect(await duban('verify')).toBe('全部封存完好。')
  vi.stubEnv('DATABASE_URL', '')
  await expect(duban('verify')).rejects.toThrow('没有数据库')
})
