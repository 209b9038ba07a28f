import { spawn } from 'node:child_process'
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Fetching, TEMPORAL_CLI_VERSION } from './temporal-version.ts'

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
