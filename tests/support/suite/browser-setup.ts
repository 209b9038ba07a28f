import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { browserOptions } from '../browser.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    browserAddress: string
  }
}

/** Whoever breaks the run off ends its servers too, which Playwright would leave running; a browser ends with its run by itself. */
const SIGNALS = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }

/** One browser for all files of a run, which each file joins (tests/e2e/join-browser.ts). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await chromium.launchServer({ ...browserOptions(), ...SIGNALS, host: '127.0.0.1' })
  project.provide('browserAddress', server.wsEndpoint())
  return () => server.close()
}
