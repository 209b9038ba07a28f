import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'
import { startPostgres } from '../../../src/engine/embedded/postgres-server.ts'
import { findTemporal } from '../../../src/engine/embedded/temporal-find.ts'
import { startTemporal } from '../../../src/engine/embedded/temporal-server.ts'
import { makeSuiteDir } from './dir.ts'
import { makeTemplates } from './templates.ts'

type Dir = Awaited<ReturnType<typeof makeSuiteDir>>
type Stop = () => Promise<void>

/** What one run of vitest has started. Each part is started once, by the first project that asks for it. */
type Suite = {
  users: number
  stops: Stop[]
  dir: Promise<Dir>
  postgres?: Promise<{ url: string }>
  temporal?: Promise<{ address: string; binary: string; bundle: string }>
}

/** Each project loads this module anew, so what they share hangs on the process. */
const shared = globalThis as typeof globalThis & { dubanSuite?: Suite }

/** Takes part in the run's servers; whoever leaves last stops them. */
export function joinSuite() {
  shared.dubanSuite ??= newSuite()
  const suite = shared.dubanSuite
  suite.users++
  return {
    postgres: () => (suite.postgres ??= postgresOf(suite)),
    temporal: () => (suite.temporal ??= temporalOf(suite)),
    async leave(): Promise<void> {
      if (--suite.users > 0) return
      delete shared.dubanSuite
      for (const stop of suite.stops.reverse()) await stop()
      await (await suite.dir).remove()
    },
  }
}

function newSuite(): Suite {
  return { users: 0, stops: [], dir: makeSuiteDir() }
}

async function postgresOf(suite: Suite): Promise<{ url: string }> {
  const dir = await suite.dir
  const postgres = await startPostgres({
    dir: join(dir.path, 'postgres'),
    password: 'only-for-tests',
    logFile: join(dir.path, 'postgres.log'),
    durable: false,
  })
  suite.stops.push(postgres.stop)
  dir.remember(postgres.pid)
  await makeTemplates(postgres.url)
  return { url: postgres.url }
}

async function temporalOf(suite: Suite) {
  const dir = await suite.dir
  const { path: binary } = await findTemporal(process.env, progressPrinter())
  const server = await startTemporal({
    binary,
    dbFile: null,
    logFile: join(dir.path, 'temporal.log'),
    onSpawn: ({ pid }) => dir.remember(pid),
  })
  suite.stops.push(server.stop)
  return { address: server.address, binary, bundle: await bundleWorkflows() }
}

async function bundleWorkflows(): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../../../src/workflows/index.ts', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  })
  return code
}

/** A build takes minutes on a bare machine: it is told of, but not every package of it. */
function progressPrinter() {
  let printed = 0
  return ({ message }: { message: string }) => {
    if (Date.now() - printed < 15_000) return
    printed = Date.now()
    console.log(message)
  }
}
