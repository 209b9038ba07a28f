import { spawn } from 'node:child_process'
import { chownSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PostgresBinaries } from './postgres-binaries.ts'
import type { PostgresUser } from './postgres-user.ts'

export const SUPERUSER = 'duban'

type Making = { binaries: PostgresBinaries; user: PostgresUser | null; password: string; careless: boolean }

/**
 * The data folder in `home`, made when it is not there: whole or not at all, so an interrupted start leaves nothing half made.
 * @throws Error with what initdb said
 */
export async function dataFolder(home: string, making: Making): Promise<string> {
  const dir = join(home, 'data')
  if (existsSync(dir)) return dir
  const part = `${dir}.part`
  const passwordFile = join(home, 'initdb-password')
  rmSync(part, { recursive: true, force: true })
  try {
    writeFileSync(passwordFile, making.password, { mode: 0o600 })
    if (making.user) chownSync(passwordFile, making.user.uid, making.user.gid)
    await runInitdb(part, passwordFile, making)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(part, dir)
  return dir
}

async function runInitdb(
  dir: string,
  passwordFile: string,
  { binaries, user, careless }: Making,
): Promise<void> {
  const child = spawn(
    binaries.initdb,
    [
      '-D',
      dir,
      '-U',
      SUPERUSER,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      ...locale(),
      ...(careless ? ['--no-sync'] : []),
    ],
    {
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: '/',
      env: { PATH: process.env.PATH ?? '' },
    },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`initdb 失败:${said.trim().slice(-600)}`)
}

/** Order by code point on every machine alike; but letters by Unicode: with plain C, trigram search finds no Chinese at all. */
function locale(): string[] {
  const letters = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'
  return [
    '-E',
    'UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    `--lc-ctype=${letters}`,
  ]
}
