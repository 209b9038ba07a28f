import { spawn } from 'node:child_process'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { releaseLock, takeLock } from './lock-file.ts'
import type { Fetching } from './temporal-version.ts'

const MODULE = fileURLToPath(new URL('../../../tools/temporal', import.meta.url))
const PACKAGE = 'github.com/temporalio/cli/cmd/temporal'
/** Measured on two cores with an empty cache. */
const EXPECTED_SECONDS = 260
/** Packages a build from nothing compiles (`go list -deps` counts them); only for the share that is done. */
const EXPECTED_PACKAGES = 1_718

/** Builds the server with Go from the pinned module in tools/temporal. Two processes build it once. @throws Error */
export async function buildTemporal(target: string, fetching: Fetching): Promise<void> {
  const lock = `${target}.building`
  const startedAt = Date.now()
  while (takeLock(lock)) {
    fetching.onProgress(progress('另一个进程正在从源码构建 Temporal 服务,等它完成', startedAt))
    await sleep(1_000, undefined, { signal: fetching.signal })
  }
  const part = `${target}.${process.pid}`
  try {
    // Whoever held the lock before may have finished.
    if (existsSync(target)) return
    await build(part, startedAt, fetching)
    renameSync(part, target)
  } finally {
    rmSync(part, { force: true })
    releaseLock(lock)
  }
}

async function build(
  output: string,
  startedAt: number,
  { env, onProgress, signal }: Fetching,
): Promise<void> {
  const args = ['build', '-v', '-trimpath', '-buildvcs=false', '-ldflags', '-s -w', '-o', output, PACKAGE]
  onProgress(progress('正在准备从源码构建 Temporal 服务(只需一次,约 4 分钟)', startedAt))
  const child = spawn('go', args, {
    cwd: MODULE,
    env: { ...env, CGO_ENABLED: '0' },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
    // Go passes an interrupt on to its compilers; a TERM would leave them running.
    killSignal: 'SIGINT',
  })
  let packages = 0
  let said = ''
  child.stderr.on('data', (text: Buffer) => {
    said = (said + text.toString()).slice(-2_000)
    packages += text.toString().split('\n').length - 1
    const share = Math.min(99, Math.round((packages / EXPECTED_PACKAGES) * 100))
    onProgress(progress(`正在从源码构建 Temporal 服务(只需一次,约 4 分钟):${share} %`, startedAt))
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (error) =>
      reject(
        (error as NodeJS.ErrnoException).code === 'ENOENT' ? new Error('没有 Go(需要 1.26 或更高)') : error,
      ),
    )
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`go build 失败:${said.trim().split('\n').slice(-3).join(' ')}`)
}

function progress(message: string, startedAt: number) {
  return { message, startedAt, expectedSeconds: EXPECTED_SECONDS }
}
