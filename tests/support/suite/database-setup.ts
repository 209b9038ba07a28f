import type { TestProject } from 'vitest/node'
import { joinSuite } from './servers.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
  }
}

/** PostgreSQL with the templates. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const suite = joinSuite()
  try {
    project.provide('postgresUrl', (await suite.postgres()).url)
    return suite.leave
  } catch (error) {
    await suite.leave()
    throw error
  }
}
