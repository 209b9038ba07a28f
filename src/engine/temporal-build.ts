import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, markOf, type ProcessMark } from './processes.ts'
import type { TemporalProgress } from './temporal-find.ts'

const MODULE = fileURLToPath(new URL('../../tools/temporal', import.meta.url))
const PACKAGE = 'github.com/temporalio/cli/cmd/temporal'
/** Measured on two cores with an empty cache. */
const EXPECTED_SECONDS = 260
/** Packages a build from nothing compiles; only for the share that is done. */
const EXPECTED_PACKAGES = 1_500

/** Builds the server with Go from the pinned module in tools/temporal. Two processes build it once. @throws Error */
export async function buildTemporal(
  target: string,
  env: NodeJS.ProcessEnv,
  onProgress: (progress: TemporalProgress) => void,
): Promise<void> {
  const lock = `${target}.building`
  const startedAt = Date.now()
  while (!take(lock)) {
    if (existsSync(target)) return
    onProgress({
      message: '另一个进程正在构建 Temporal,等它完成',
      startedAt,
      expectedSeconds: EXPECTED_SECONDS,
    })
    await sleep(1_000)
  }
  try {
    if (existsSync(target)) return
    await build(`${target}.part`, env, startedAt, onProgress)
    renameSync(`${target}.part`, target)
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

function take(lock: string): boolean {
  try {
    mkdirSync(lock)
    writeFileSync(`${lock}/holder`, JSON.stringify(markOf(process.pid)))
    return true
  } catch {
    if (!isHeld(lock)) rmSync(lock, { recursive: true, force: true })
    return false
  }
}

function isHeld(lock: string): boolean {
  try {
    return isAlive(JSON.parse(readFileSync(`${lock}/holder`, 'utf8')) as ProcessMark)
  } catch {
    return existsSync(lock)
  }
}

async function build(
  output: string,
  env: NodeJS.ProcessEnv,
  startedAt: number,
  onProgress: (progress: TemporalProgress) => void,
): Promise<void> {
  const args = ['build', '-v', '-trimpath', '-buildvcs=false', '-ldflags', '-s -w', '-o', output, PACKAGE]
  const child = spawn('go', args, {
    cwd: MODULE,
    env: { ...env, CGO_ENABLED: '0' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let packages = 0
  let said = ''
  child.stderr.on('data', (text: Buffer) => {
    said = (said + text.toString()).slice(-2_000)
    packages += text.toString().split('\n').length - 1
    const share = Math.min(99, Math.round((packages / EXPECTED_PACKAGES) * 100))
    onProgress({
      message: `正在从源码构建 Temporal 服务(只需一次,约 4 分钟):${share} %`,
      startedAt,
      expectedSeconds: EXPECTED_SECONDS,
    })
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', () => reject(new Error('没有 Go(需要 1.26 或更高)')))
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`go build 失败:${said.trim().split('\n').slice(-3).join(' ')}`)
}
