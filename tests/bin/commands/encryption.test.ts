import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { encryptionCommand } from '../../../src/bin/commands/encryption.ts'
import { readConfig } from '../../../src/bin/config/config.ts'
import { masterKeyOf } from '../../../src/bin/start/master-key.ts'
import { storedKeys } from '../../../src/services/vault/key-store.ts'
import { liveKeyring } from '../../../src/engine/live-keyring.ts'
import { loadKeyring } from '../../../src/services/vault/keyring.ts'
import { opensAll, WrongMasterKey } from '../../../src/services/vault/master-key.ts'
import { rotateMasterKey } from '../../../src/services/key-rotation/master-key.ts'
import { rows } from '../../../src/db/pool.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { resultTextsOf } from '../../../src/services/obligations/result-texts.ts'
import { setClock } from '../../../src/services/schedule/clock.ts'
import { givenWarning } from '../../support/warnings.ts'
import { type OwnersMachine, ownersMachine } from '../../support/owner-command.ts'

const OLD = Buffer.alloc(32, 7)
const NEXT = Buffer.alloc(32, 8)
let machine: OwnersMachine
let database: OwnersMachine['database']
let dir: string

beforeEach(async () => {
  machine = await ownersMachine()
  ;({ database, dir } = machine)
  await (await liveKeyring(database.pool, OLD)).stop()
})
afterEach(() => machine.leave())

const duban = (...args: string[]) => machine.run(encryptionCommand(), args)
const opens = async (key: Buffer) => opensAll(key, await storedKeys(database.pool))
const kept = (name: string) => readFileSync(join(dir, name), 'utf8').trim()
/** How many wait for a lock of the keys. */
const waiting = async () =>
  (
    await rows(
      database.pool,
      `select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%data_keys%'`,
    )
  ).length

/** Starts the command from its source, which takes a full machine more than a minute, and kills it at a statement that waits. */
async function killAt(lock: string): Promise<void> {
  const blocker = await database.pool.connect()
  const command = spawnCommand()
  try {
    await blocker.query('begin')
    await blocker.query(lock)
    await expect.poll(waiting, { timeout: 180_000 }).toBe(1)
  } finally {
    command.kill('SIGKILL')
    await once(command, 'exit')
    // A transaction left open would hold back the seals of every other test on this server.
    await blocker.query('rollback')
    blocker.release()
  }
}

describe('a master key of the environment', () => {
  beforeEach(() => {
    vi.stubEnv('DUBAN_MASTER_KEY', NEXT.toString('hex'))
    vi.stubEnv('DUBAN_MASTER_KEY_OLD', OLD.toString('hex'))
  })

  test('is replaced by the next one beside it, once', async () => {
    expect(JSON.parse(await duban('rotate', 'master', '--json'))).toMatchObject({ keys: 4 })
    expect([await opens(OLD), await opens(NEXT)]).toEqual([false, true])
    expect(JSON.parse(await duban('rotate', 'master', '--json'))).toMatchObject({ keys: 0 })
    expect(await duban('rotate', 'master')).toContain('没有再做什么')
  })

  test('the output says what is left to do, and never a key', async () => {
    const text = await duban('rotate', 'master')
    expect(text).toContain('DUBAN_MASTER_KEY_OLD')
    expect(text).toContain('以前的备份仍要用原来的主密钥打开')
    expect(text).not.toMatch(/[0-9a-f]{64}/)
    expect(await duban('status')).toMatch(/封存密钥 tk_\S+ 使用中 建于 [^条]+$/m)
  })

  test('without the old one beside it, the output says how to give both', async () => {
    vi.stubEnv('DUBAN_MASTER_KEY_OLD', '')
    await expect(duban('rotate', 'master')).rejects.toMatchObject({
      name: 'CliError',
      message: expect.stringContaining('DUBAN_MASTER_KEY_OLD'),
    })
    expect(await opens(OLD)).toBe(true)
  })

  test('a pair of wrong keys is refused and changes nothing', async () => {
    vi.stubEnv('DUBAN_MASTER_KEY_OLD', Buffer.alloc(32, 1).toString('hex'))
    await expect(duban('rotate', 'master')).rejects.toMatchObject({ name: 'CliError' })
    expect(await opens(OLD)).toBe(true)
  })
})

describe('a master key in the data directory', () => {
  beforeEach(async () => {
    vi.stubEnv('DUBAN_MASTER_KEY', '')
    await writeFile(join(dir, 'master-key'), `${OLD.toString('hex')}\n`, { mode: 0o600 })
  })

  test('is replaced in its file, for its owner alone, and a running service loads it', async () => {
    const live = await liveKeyring(database.pool, masterKeyOf(readConfig(process.env)), { everyMs: 60_000 })
    await duban('rotate', 'master')
    expect(statSync(join(dir, 'master-key')).mode & 0o777).toBe(0o600)
    expect(existsSync(join(dir, 'master-key.next'))).toBe(false)
    expect(await opens(Buffer.from(kept('master-key'), 'hex'))).toBe(true)
    await live.refresh()
    await live.stop()
    await expect(loadKeyring(database.pool, OLD)).rejects.toThrow(WrongMasterKey)
  })

  test('killed before the database is under the next key, the service starts with the old one', async () => {
    await killAt('select from data_keys for update')
    await expect.poll(waiting).toBe(0)
    await loadKeyring(database.pool, masterKeyOf(readConfig(process.env)))
    const next = kept('master-key.next')
    await duban('rotate', 'master')
    expect(kept('master-key')).toBe(next)
    expect(await opens(Buffer.from(next, 'hex'))).toBe(true)
  }, 240_000)

  test('killed before the file has its name, the service starts with the next one, and finishes', async () => {
    await writeFile(join(dir, 'master-key.next'), `${NEXT.toString('hex')}\n`, { mode: 0o600 })
    await rotateMasterKey({ pool: database.pool, before: OLD, next: NEXT })
    await loadKeyring(database.pool, masterKeyOf(readConfig(process.env)))
    expect(JSON.parse(await duban('rotate', 'master', '--json'))).toMatchObject({ keys: 0 })
    expect(kept('master-key')).toBe(NEXT.toString('hex'))
  })
})

test('the help of rotate gives the steps for the master key, wherever it is kept', () => {
  const rotate = encryptionCommand().commands.find((c) => c.name() === 'rotate')
  let help = ''
  rotate?.configureOutput({ writeOut: (text) => void (help += text) }).outputHelp()
  for (const step of [
    'openssl rand -hex 32',
    'DUBAN_MASTER_KEY_OLD',
    '重新启动',
    '--data',
    'rotate data',
    '备份',
  ])
    expect(help).toContain(step)
})

test('purposes other than data, index and master are refused', async () => {
  vi.stubEnv('DUBAN_MASTER_KEY', OLD.toString('hex'))
  await expect(duban('rotate', 'all')).rejects.toMatchObject({ name: 'CliError' })
})

function spawnCommand(): ChildProcess {
  const main = new URL('../../../src/bin/duban.ts', import.meta.url).pathname
  return spawn(process.execPath, ['--import', 'tsx', main, 'encryption', 'rotate', 'master'], {
    stdio: 'ignore',
  })
}

test('names of doers that an earlier release wrote in the clear are encrypted in place, once', async () => {
  await machine.leave()
  machine = await ownersMachine({ DUBAN_MASTER_KEY: OLD.toString('hex') }, 'county')
  ;({ database, dir } = machine)
  await (await liveKeyring(database.pool, OLD)).stop()
  await setClock(database.pool, { mode: 'stepped', businessAt: instantAt('2022-06-06', '09:00') })
  await givenWarning(database.pool, { id: 'YJ1', level: 'red' })
  const plain = { outcome: 'deceased', exitReason: 'deceased', decidedBy: '镇长办公会' }
  await database.pool.query('update obligations set result = $1', [plain])
  expect(await duban('texts')).toContain('1 件的办理人姓名等文字已加密')
  const [stored] = await rows<{ id: string; result: object }>(
    database.pool,
    'select id, result from obligations',
  )
  expect(stored?.result).toEqual({ outcome: 'deceased', exitReason: 'deceased' })
  const keys = await loadKeyring(database.pool, OLD)
  expect(await resultTextsOf(database.pool, keys, stored!.id)).toEqual({ decidedBy: '镇长办公会' })
  expect(await duban('texts')).toMatch(/没有再做什么。$/u)
  // What was written since then is newer and stays.
  await database.pool.query('update obligations set result = $1', [{ ...plain, decidedBy: '旧的' }])
  expect(JSON.parse(await duban('texts', '--json'))).toEqual({ encrypted: 1, inHistory: 0 })
  expect(await resultTextsOf(database.pool, keys, stored!.id)).toEqual({ decidedBy: '镇长办公会' })
  // Histories are sealed: what they name is counted and stays.
  await database.pool.query(
    `insert into events (obligation, at, actor, action, state, detail) values ($1, now(), 'test', 'submit', 'submitted', $2)`,
    [stored!.id, plain],
  )
  expect(await duban('texts')).toContain('办理经过里还有 1 步明文写着姓名')
  expect(JSON.parse(await duban('texts', '--json'))).toEqual({ encrypted: 0, inHistory: 1 })
})
