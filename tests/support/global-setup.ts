import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../src/db/migrate.ts'
import { startPostgres } from '../../src/engine/postgres-launcher.ts'
import { findTemporal } from '../../src/engine/temporal-find.ts'
import { startTemporal } from '../../src/engine/temporal-server.ts'

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
  const dir = mkdtempSync(join(tmpdir(), 'duban-tests-'))
  const password = 'only-for-tests'
  const postgres = await startPostgres({
    dir: join(dir, 'postgres'),
    password,
    logFile: join(dir, 'postgres.log'),
    careless: true,
  })
  await makeTemplate(postgres.url)
  const binary = await findTemporal(process.env, sayNow())
  const temporal = await startTemporal({ binary: binary.path, dbFile: null, logFile: join(dir, 'temporal.log') })
  const { code } = await bundleWorkflowCode({
    workflowsPath: new URL('../../src/workflows/index.ts', import.meta.url).pathname,
    logger: new DefaultLogger('ERROR'),
  })
  project.provide('postgresUrl', postgres.url)
  project.provide('temporalAddress', temporal.address)
  project.provide('temporalBinary', binary.path)
  project.provide('workflowBundle', code)
  return async () => {
    await temporal.stop()
    await postgres.stop()
    rmSync(dir, { recursive: true, force: true })
  }
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
