import { spawn } from 'node:child_process'
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TemporalProgress } from './temporal-find.ts'

/** A closed network says no at once; a slow one is not waited for longer than the build would take. */
const PATIENCE_MS = 90_000

/** The SDK's own download, in a process of its own so that it can be ended. @throws Error when it does not work out */
export async function downloadTemporal(
  target: string,
  env: NodeJS.ProcessEnv,
  onProgress: (progress: TemporalProgress) => void,
): Promise<void> {
  onProgress({ message: '正在尝试下载 Temporal 服务(需要外网)', startedAt: Date.now(), expectedSeconds: 30 })
  const dir = mkdtempSync(join(tmpdir(), 'duban-temporal-'))
  try {
    await runDownload(dir, env)
    const name = readdirSync(dir).find((file) => file.startsWith('temporal'))
    if (!name) throw new Error('下载后没有找到程序')
    copyFileSync(join(dir, name), `${target}.part`)
    chmodSync(`${target}.part`, 0o755)
    renameSync(`${target}.part`, target)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** The environment's download starts a server as well: it is closed again, only the file is wanted. */
function runDownload(dir: string, env: NodeJS.ProcessEnv): Promise<void> {
  const script = `
    const { TestWorkflowEnvironment } = await import('@temporalio/testing')
    const executable = { type: 'cached-download', downloadDir: process.argv[1] }
    const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } })
    await environment.teardown()`
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, dir], {
      cwd: new URL('../..', import.meta.url),
      env,
      stdio: 'ignore',
      timeout: PATIENCE_MS,
    })
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error('网络不通或下载失败'))))
  })
}
