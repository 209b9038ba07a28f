import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { type MasterKey, WrongMasterKey } from '../../services/vault/master-key.ts'
import { CliError } from '../cli/cli-error.ts'
import type { Config } from '../config/config-schema.ts'

const FILE = 'master-key'
/** While the key is replaced: its successor, until the database is under it. */
const NEXT = 'master-key.next'

/**
 * What the configuration says, or a file of the data directory, read anew each time: a running service takes up the key that
 * was put there meanwhile.
 * @throws CliError when there is none
 */
export function masterKeyOf({ DUBAN_MASTER_KEY, DUBAN_MASTER_KEY_OLD, DUBAN_DATA: dir }: Config): MasterKey {
  const given = [DUBAN_MASTER_KEY, DUBAN_MASTER_KEY_OLD].flatMap((hex) => (hex ? [fromHex(hex)] : []))
  if (DUBAN_MASTER_KEY) return () => given
  if (!existsSync(join(dir, FILE)))
    throw new CliError(`没有主密钥:请设置 DUBAN_MASTER_KEY,或用 --data 指明服务的数据目录(${dir} 里没有)。`)
  return () => {
    // The successor first: should it take its place in between, it is read there.
    const next = readKey(dir, NEXT)
    return [readKey(dir, FILE), next].filter((key) => key !== null)
  }
}

/** Says what keeps keys from being reloaded; that the master key was replaced, once. */
export function keyTrouble(log: Logger): (error: Error) => void {
  let said = false
  return (error) => {
    const { name: code } = error
    if (!(error instanceof WrongMasterKey))
      return log.warn({ code }, 'keys could not be reloaded; those there are stay in use')
    if (!said)
      log.error(
        { code },
        'the master key was replaced: start this process again with the new one, or it learns no new key',
      )
    said = true
  }
}

/** The key there is, and the one to come. `settle`: the database is under the next one. */
export type Succession = { before: Buffer; next: Buffer; settle(): void }

/** @throws CliError saying how the next key is given */
export function successionOf(config: Config): Succession {
  const { DUBAN_MASTER_KEY: key, DUBAN_MASTER_KEY_OLD: old, DUBAN_DATA: dir } = config
  if (!key) return fileSuccession(dir)
  if (!old)
    throw new CliError(
      '主密钥在 DUBAN_MASTER_KEY 中。请先生成新的一把(openssl rand -hex 32),把它设为 DUBAN_MASTER_KEY,把原来的设为 DUBAN_MASTER_KEY_OLD,用这两项重新启动服务,再执行本命令。',
    )
  return { before: fromHex(old), next: fromHex(key), settle: () => undefined }
}

function fileSuccession(dir: string): Succession {
  const before = readKey(dir, FILE)
  if (!before) throw new CliError(`没有主密钥:请用 --data 指明服务的数据目录(${dir} 里没有)。`)
  return {
    before,
    next: readKey(dir, NEXT) ?? makeKey(dir),
    settle() {
      renameSync(join(dir, NEXT), join(dir, FILE))
      syncFolder(dir)
    },
  }
}

/** On the disk before anything depends on it. */
function makeKey(dir: string): Buffer {
  const key = randomBytes(32)
  const part = join(dir, `${NEXT}.part`)
  const file = openSync(part, 'w', 0o600)
  try {
    writeSync(file, `${key.toString('hex')}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(part, join(dir, NEXT))
  syncFolder(dir)
  return key
}

/** Windows opens no folders, and keeps what it renamed. */
function syncFolder(dir: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(dir, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

function readKey(dir: string, name: string): Buffer | null {
  try {
    return fromHex(readFileSync(join(dir, name), 'utf8').trim())
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function fromHex(hex: string): Buffer {
  return Buffer.from(hex, 'hex')
}
