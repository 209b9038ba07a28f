import type { TestProject } from 'vitest/node'
import { joinSuite } from './servers.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    temporalAddress: string
    temporalBinary: string
    workflowBundle: string
  }
}

/** PostgreSQL as for the database project, Temporal, and the bundle of the workflows. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const suite = joinSuite()
  try {
    // Together: the one waits for the disk while the other waits for the processor.
    const [postgres, temporal] = await Promise.all([suite.postgres(), suite.temporal()])
    project.provide('postgresUrl', postgres.url)
    project.provide('temporalAddress', temporal.address)
    project.provide('temporalBinary', temporal.binary)
    project.provide('workflowBundle', temporal.bundle)
    return suite.leave
  } catch (error) {
    await suite.leave()
    throw error
  }
}
