import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../src/db/migrate.ts'
import { startPostgres } from '../../src/engine/embedded/postgres-server.ts'
import { findTemporal } from '../../src/engine/embedded/temporal-find.ts'
import { startTemporal } from '../../src/engine/embedded/temporal-server.ts'
import { makeSuiteDir } from './suite-dir.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
    temporalAddress: string
    temporalBinary: string
    workflowBundle: string
  }
}

/** One PostgreSQL and one Temporal for the suite, and a migrated template that every file's database is cloned from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = await makeSuiteDir()
  const stops: (() => Promise<void>)[] = [dir.remove]
  const teardown = async () => {
    for (const stop of stops.splice(0).reverse()) await stop()
  }
  try {
    await startAll(project, dir, stops)
    return teardown
  } catch (error) {
    await teardown()
    throw error
  }
}

async function startAll(
  project: TestProject,
  dir: Awaited<ReturnType<typeof makeSuiteDir>>,
  stops: (() => Promise<void>)[],
): Promise<void> {
  const postgres = await startPostgres({
    dir: join(dir.path, 'postgres'),
    password: 'only-for-tests',
    logFile: join(dir.path, 'postgres.log'),
    careless: true,
  })
  stops.push(postgres.stop)
  dir.remember(postgres.pid)
  await makeTemplate(postgres.url)
  const binary = await findTemporal(process.env, sayNow())
  const temporal = await startTemporal({
    binary: binary.path,
    dbFile: null,
    logFile: join(dir.path, 'temporal.log'),
    onSpawn: ({ pid }) => dir.remember(pid),
  })
  stops.push(temporal.stop)
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../../src/workflows/index.ts', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  })
  project.provide('postgresUrl', postgres.url)
  project.provide('temporalAddress', temporal.address)
  project.provide('temporalBinary', binary.path)
  project.provide('workflowBundle', code)
}

async function makeTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('create database duban_template')
  await client.end()
  await migrate(url.replace(/\/[^/]*$/, '/duban_template'))
}

/** A build takes minutes on a bare machine: say so, but not every package of it. */
function sayNow() {
  let said = 0
  return ({ message }: { message: string }) => {
    if (Date.now() - said < 15_000) return
    said = Date.now()
    console.log(message)
  }
}
