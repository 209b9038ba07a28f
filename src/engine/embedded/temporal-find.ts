import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import {
  buildTemporal,
  TEMPORAL_CLI_VERSION,
  type TemporalProgress,
  downloadTemporal,
} from './temporal-fetch.ts'
import { userCache } from './user-cache.ts'

export type TemporalBinary = { path: string; mode: 'path' | 'cached' | 'downloaded' | 'built' }
/** Thrown when every way to a Temporal server failed; names all of them. */
export class NoTemporal extends Error {
  constructor(readonly tried: string[]) {
    super(
      `没有找到 Temporal 服务,也没能取得一个。已依次试过:\n${tried.map((t) => `  - ${t}`).join('\n')}\n` +
        '任选一种办法:设置 TEMPORAL_ADDRESS 指向已有服务;安装 temporal 命令行(或用 TEMPORAL_CLI_PATH 指明);' +
        '开通外网以便下载;安装 Go 1.26 以便从源码构建。',
    )
    this.name = 'NoTemporal'
  }
}

/** Where downloads and builds are kept, by version. */
export function temporalCache(env: NodeJS.ProcessEnv): string {
  return join(userCache(env), 'temporal', TEMPORAL_CLI_VERSION)
}

/** A binary that is here already, without fetching anything. */
export function temporalAtHand(env: NodeJS.ProcessEnv, tried: string[] = []): TemporalBinary | null {
  const named = env.TEMPORAL_CLI_PATH && resolve(env.TEMPORAL_CLI_PATH)
  if (named) {
    if (canRun(named)) return { path: named, mode: 'path' }
    tried.push(`TEMPORAL_CLI_PATH=${named}:不是可执行文件`)
  } else tried.push('TEMPORAL_CLI_PATH:没有设置')
  const onPath = (env.PATH ?? '').split(delimiter).map((dir) => resolve(dir, executable()))
  const found = onPath.find(canRun)
  if (found) return { path: found, mode: 'path' }
  tried.push('PATH:没有 temporal')
  const cached = join(temporalCache(env), executable())
  if (canRun(cached)) return { path: cached, mode: 'cached' }
  tried.push(`缓存 ${cached}:没有`)
  return null
}

/** At hand, else downloaded, else built from source: about four minutes, once. @throws NoTemporal */
export async function findTemporal(
  env: NodeJS.ProcessEnv,
  onProgress: (progress: TemporalProgress) => void,
  signal?: AbortSignal,
): Promise<TemporalBinary> {
  const tried: string[] = []
  const atHand = temporalAtHand(env, tried)
  if (atHand) return atHand
  const cache = temporalCache(env)
  mkdirSync(cache, { recursive: true })
  const target = join(cache, executable())
  for (const [mode, name, get] of [
    ['downloaded', '下载', downloadTemporal],
    ['built', '从源码构建', buildTemporal],
  ] as const)
    try {
      signal?.throwIfAborted()
      await get(target, { env, onProgress, signal })
      return { path: target, mode }
    } catch (error) {
      signal?.throwIfAborted()
      tried.push(`${name}:${(error as Error).message}`)
    }
  throw new NoTemporal(tried)
}

function executable(): string {
  return process.platform === 'win32' ? 'temporal.exe' : 'temporal'
}

function canRun(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
