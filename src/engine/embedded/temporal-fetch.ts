import { spawn } from 'node:child_process'
import { existsSync, renameSync, rmSync, chmodSync, copyFileSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { releaseLock, takeLock } from './lock-file.ts'

export const TEMPORAL_CLI_VERSION = '1.8.2'

/** What goes on while a server is fetched or built. Times of the wall clock in ms; `expectedSeconds` as measured on two cores. */
export type TemporalProgress = { message: string; startedAt: number; expectedSeconds: number }
export type Fetching = {
  env: NodeJS.ProcessEnv
  onProgress: (progress: TemporalProgress) => void
  /** Ends a download or a build that nobody waits for any more. */
  signal?: AbortSignal | undefined
}

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

/** A network that shows no first byte within this long is taken for closed: a build would be quicker than waiting. */
const FIRST_BYTE_MS = 8_000
/** A slow network is not waited for much longer than a build would take. */
const WHOLE_MS = 120_000

/** The SDK's own download, in a process of its own so that it can be ended. @throws Error when it does not work out */
export async function downloadTemporal(target: string, { env, onProgress, signal }: Fetching): Promise<void> {
  onProgress({ message: '正在尝试下载 Temporal 服务(需要外网)', startedAt: Date.now(), expectedSeconds: 30 })
  const dir = mkdtempSync(join(tmpdir(), 'duban-temporal-'))
  const part = `${target}.${process.pid}`
  try {
    await runDownload(dir, env, signal)
    const name = readdirSync(dir).find((file) => file.startsWith('temporal'))
    if (!name) throw new Error('下载后没有找到程序')
    copyFileSync(join(dir, name), part)
    chmodSync(part, 0o755)
    renameSync(part, target)
  } finally {
    for (const path of [dir, part]) rmSync(path, { recursive: true, force: true })
  }
}

/** The environment's download starts a server as well: it is closed again, only the file is wanted. */
const SCRIPT = `
  const { TestWorkflowEnvironment } = await import('@temporalio/testing')
  const [downloadDir, version] = process.argv.slice(1)
  const executable = { type: 'cached-download', downloadDir, version }
  const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } })
  await environment.teardown()`

function runDownload(dir: string, env: NodeJS.ProcessEnv, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const args = ['--input-type=module', '-e', SCRIPT, dir, `v${TEMPORAL_CLI_VERSION}`]
    const cwd = new URL('../../..', import.meta.url)
    const child = spawn(process.execPath, args, {
      cwd,
      env,
      stdio: 'ignore',
      timeout: WHOLE_MS,
      signal,
      killSignal: 'SIGKILL',
    })
    const closedNetwork = setTimeout(() => {
      if (readdirSync(dir).length === 0) child.kill('SIGKILL')
    }, FIRST_BYTE_MS)
    const settle = (outcome: () => void) => {
      clearTimeout(closedNetwork)
      outcome()
    }
    child.once('error', (error) => settle(() => reject(error)))
    child.once('exit', (code) =>
      settle(() => (code === 0 ? resolve() : reject(new Error('网络不通或下载失败')))),
    )
  })
}
