import { execFile } from 'node:child_process'
import { existsSync, statfsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { promisify } from 'node:util'
import { userCache } from './embedded/user-cache.ts'
import { holderOf, runtimeUrl } from './embedded/data-dir.ts'
import { portNear } from './embedded/ports.ts'
import { postgresBinaries } from './embedded/postgres-binaries.ts'
import { isInPasswd, userForPostgres } from './embedded/postgres-binaries.ts'
import { temporalAtHand, temporalCache } from './embedded/temporal-find.ts'

/** One thing this machine needs. `fix` says how to get it; it is needed only when not `ok`. */
export type Check = { name: string; ok: boolean; detail: string; fix?: string }

const run = promisify(execFile)
const NODE_NEEDED = [20, 20, 2] as const
const NEEDED_GB = 2
/** Go from here on fetches the version that tools/temporal asks for by itself. */
const GO_NEEDED = 21
const DEFAULT_PORT = 8730
/** A service on this machine answers at once. */
const ASK_MS = 2_000

/** What this machine has, lacks, and how to get it. */
export async function doctor(env: NodeJS.ProcessEnv, dataDir: string): Promise<Check[]> {
  return [
    nodeCheck(process.versions.node),
    await postgresCheck(env),
    await temporalCheck(env),
    diskCheck('磁盘(数据目录)', dataDir),
    diskCheck('磁盘(缓存)', userCache(env)),
    await portCheck(env, dataDir),
    holderCheck(dataDir),
  ]
}

export function nodeCheck(version: string): Check {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  const difference = major - NODE_NEEDED[0] || minor - NODE_NEEDED[1] || patch - NODE_NEEDED[2]
  const fix = `安装 Node.js ${NODE_NEEDED.join('.')} 或更高版本`
  return { name: 'Node.js', ok: difference >= 0, detail: version, fix }
}

async function postgresCheck(env: NodeJS.ProcessEnv): Promise<Check> {
  const name = 'PostgreSQL'
  if (env.DATABASE_URL) return { name, ok: true, detail: '使用 DATABASE_URL 指向的数据库' }
  const user = userForPostgres()
  if (user && !isInPasswd(user))
    return {
      name,
      ok: false,
      detail: '以 root 运行时要换成 postgres 或 nobody 用户,两者都没有',
      fix: '新建用户 postgres,或不以 root 运行,或设置 DATABASE_URL',
    }
  try {
    const { postgres, version } = postgresBinaries(user, env)
    // Says its version only if its libraries are whole.
    const { stdout } = await run(
      postgres,
      ['--version'],
      user ? { uid: user.uid, gid: user.gid, cwd: '/' } : {},
    )
    return {
      name,
      ok: true,
      detail: `内置 ${version}(${stdout.trim()})${user ? `,以用户 ${user.name} 运行` : ''}`,
    }
  } catch (error) {
    return { name, ok: false, detail: (error as Error).message, fix: '重新运行 npm ci,或设置 DATABASE_URL' }
  }
}

async function temporalCheck(env: NodeJS.ProcessEnv): Promise<Check> {
  const name = 'Temporal'
  if (env.TEMPORAL_ADDRESS) return { name, ok: true, detail: `使用 ${env.TEMPORAL_ADDRESS}` }
  const atHand = temporalAtHand(env)
  if (atHand)
    return { name, ok: true, detail: `${atHand.mode === 'cached' ? '已在缓存' : '现成程序'}:${atHand.path}` }
  const go = await goVersion(env)
  const ok = go !== null && Number(/go1\.(\d+)/.exec(go)?.[1] ?? 0) >= GO_NEEDED
  const detail = ok
    ? `首次启动时先试下载,不行就用 ${go} 从源码构建(约 4 分钟,只需一次),存到 ${temporalCache(env)}`
    : `本机没有 temporal,${go ? `Go 太旧(${go})` : '也没有 Go'};首次启动只能靠下载`
  return { name, ok, detail, fix: '安装 Go 1.26 或 temporal 命令行,或设置 TEMPORAL_ADDRESS' }
}

async function goVersion(env: NodeJS.ProcessEnv): Promise<string | null> {
  try {
    // Outside any module: inside one, Go would first fetch the version that it asks for.
    const { stdout } = await run('go', ['env', 'GOVERSION'], {
      env: { ...env, GOTOOLCHAIN: 'local' },
      cwd: '/',
    })
    return stdout.trim()
  } catch {
    return null
  }
}

function diskCheck(name: string, path: string): Check {
  let at = resolve(path)
  while (!existsSync(at)) at = dirname(at)
  const { bavail, bsize } = statfsSync(at)
  const free = (bavail * bsize) / 1024 ** 3
  return {
    name,
    ok: free > NEEDED_GB,
    detail: `${at} 剩余 ${free.toFixed(1)} GB`,
    fix: `腾出至少 ${NEEDED_GB} GB`,
  }
}

async function portCheck(env: NodeJS.ProcessEnv, dataDir: string): Promise<Check> {
  const asked = Number(env.DUBAN_PORT || DEFAULT_PORT)
  const host = env.DUBAN_HOST || '127.0.0.1'
  const free = asked === 0 || (await portNear(asked, host)) === asked
  const detail = free ? `${asked} 可用` : await whoListens(host, asked, dataDir)
  return { name: '端口', ok: true, detail }
}

/** Ourselves, who needs no other port, or somebody else. */
async function whoListens(host: string, port: number, dataDir: string): Promise<string> {
  const url = holderOf(dataDir) === null ? null : runtimeUrl(dataDir)
  if (url && new URL(url).port === String(port)) return `${port} 由督办自己使用,正在运行:${url}`
  if (await isAliveAt(host, port)) return `${port} 由另一个督办使用,启动时会自动换一个`
  return `${port} 被占用,启动时会自动换一个`
}

async function isAliveAt(host: string, port: number): Promise<boolean> {
  try {
    const name = host.includes(':') ? `[${host}]` : host
    const answer = await fetch(`http://${name}:${port}/healthz`, { signal: AbortSignal.timeout(ASK_MS) })
    return ((await answer.json()) as { alive?: unknown }).alive === true
  } catch {
    // Whatever answers otherwise, or not at all, is none of ours.
    return false
  }
}

function holderCheck(dataDir: string): Check {
  const holder = holderOf(dataDir)
  const detail = holder === null ? `${dataDir} 没有被占用` : `${dataDir} 正由进程 ${holder} 使用`
  return { name: '数据目录', ok: true, detail }
}
