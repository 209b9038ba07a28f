import { execFile } from 'node:child_process'
import { statfsSync } from 'node:fs'
import { promisify } from 'node:util'
import { holderOf } from './data-dir.ts'
import { postgresBinaries } from './postgres-binaries.ts'
import { userForPostgres } from './postgres-user.ts'
import { temporalAtHand, temporalCache } from './temporal-find.ts'

export type Check = { name: string; ok: boolean; detail: string; fix?: string }

const run = promisify(execFile)
const NEEDED_GB = 2

/** What this machine has, lacks, and how to get it. Changes nothing. */
export async function doctor(env: NodeJS.ProcessEnv, dataDir: string): Promise<Check[]> {
  return [nodeCheck(), postgresCheck(env), await temporalCheck(env), diskCheck(), holderCheck(dataDir)]
}

function nodeCheck(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const ok = major > 20 || (major === 20 && minor >= 20)
  return { name: 'Node.js', ok, detail: process.versions.node, fix: '安装 Node.js 20.20.2 或更高版本' }
}

function postgresCheck(env: NodeJS.ProcessEnv): Check {
  const name = 'PostgreSQL'
  if (env.DATABASE_URL) return { name, ok: true, detail: '使用 DATABASE_URL 指向的数据库' }
  try {
    const user = userForPostgres()
    const { version } = postgresBinaries(user)
    return { name, ok: true, detail: `内置 ${version}${user ? `,以用户 ${user.name} 运行` : ''}` }
  } catch (error) {
    return { name, ok: false, detail: (error as Error).message, fix: '重新运行 npm ci,或设置 DATABASE_URL' }
  }
}

async function temporalCheck(env: NodeJS.ProcessEnv): Promise<Check> {
  const name = 'Temporal'
  if (env.TEMPORAL_ADDRESS) return { name, ok: true, detail: `使用 ${env.TEMPORAL_ADDRESS}` }
  const atHand = temporalAtHand(env)
  if (atHand) return { name, ok: true, detail: `${atHand.mode}:${atHand.path}` }
  const go = await run('go', ['version']).then(
    ({ stdout }) => stdout.trim(),
    () => null,
  )
  const detail = go
    ? `首次启动时先试下载,不行就用 ${go} 从源码构建(约 4 分钟,一次),缓存在 ${temporalCache(env)}`
    : '本机没有 temporal,也没有 Go;首次启动只能靠下载'
  return { name, ok: go !== null, detail, fix: '安装 Go 1.26 或 temporal 命令行,或设置 TEMPORAL_ADDRESS' }
}

function diskCheck(): Check {
  const { bavail, bsize } = statfsSync('.')
  const free = (bavail * bsize) / 1024 ** 3
  return {
    name: '磁盘',
    ok: free > NEEDED_GB,
    detail: `剩余 ${free.toFixed(1)} GB`,
    fix: `腾出至少 ${NEEDED_GB} GB`,
  }
}

function holderCheck(dataDir: string): Check {
  const holder = holderOf(dataDir)
  const detail = holder === null ? `${dataDir} 空闲` : `${dataDir} 正由进程 ${holder} 使用`
  return { name: '数据目录', ok: true, detail }
}
