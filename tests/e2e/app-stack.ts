import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { buildApp } from '../../src/api/app.ts'
import { listen } from '../../src/api/server.ts'
import { webFolder } from '../../src/bin/start/web-folder.ts'
import { instantAt } from '../../src/domain/time/days.ts'
import { apiDeps } from '../support/api-deps.ts'
import { joinBrowser } from './join-browser.ts'
import { playedOnce } from '../support/played.ts'
import { rolePools } from '../support/scoped.ts'
import { keys, log, type Stack, startStack } from '../support/stack.ts'
import { givenWarning } from '../support/warnings.ts'

export type AppStack = {
  url: string
  stack: Stack
  /** Of the obligation with that number. */
  idOf: (externalId: string) => Promise<string>
  /** Chooses a sample person by the words on the button, and waits until they are in. */
  signIn: (page: Page, button: RegExp, path?: string) => Promise<void>
  /** The same for the officer of a town, by the town's part of the mail address. */
  signInAsOfficer: (page: Page, town: string, path: string) => Promise<void>
  stop: () => Promise<void>
}

/** Two orange warnings that fell due on the 10th. @param campaign whether that of the year has begun */
async function playToJune(campaign: boolean): Promise<Stack> {
  const stack = await startStack({ start: instantAt('2022-06-02', '09:00') })
  if (campaign) await stack.startCampaign(2022)
  for (const id of ['YJ1', 'YJ2']) await givenWarning(stack.pool, { id, level: 'orange' })
  await stack.advanceTo('2022-06-13', '15:00')
  return stack
}

/** The county on 13 June 2022. Most files begin with it, so it is played once and copied for each. */
export async function startJuneStack(campaign = true): Promise<Stack> {
  const name = campaign ? 'june' : 'june_without_campaign'
  return startStack({ start: await playedOnce(name, () => playToJune(campaign)) })
}

/** The web app on a real stack (`startJuneStack`). */
export async function startAppStack({ campaign = true } = {}): Promise<AppStack> {
  const web = webFolder()
  if (web === null) throw new Error('the web app was not built')
  const stack = await startJuneStack(campaign)
  const pools = rolePools(stack.database)
  const { api: pool, gate } = pools
  const deps = { ...apiDeps(), pool, gate, keys, log, inbox: stack.inbox, demoSignIn: true, web }
  const server = await listen(await buildApp(deps), { host: '127.0.0.1', port: 0 })
  const { url } = server
  const inside = (page: Page) => page.waitForURL((at) => !at.pathname.endsWith('/sign-in'))
  return {
    url,
    stack,
    async idOf(externalId) {
      const asked = 'select id from obligations where external_id = $1'
      const { rows } = await stack.pool.query<{ id: string }>(asked, [externalId])
      return rows[0]?.id ?? ''
    },
    async signIn(page, name, path = '/app/') {
      await page.goto(url + path)
      await page.getByRole('button', { name }).first().click()
      await inside(page)
    },
    async signInAsOfficer(page, town, path) {
      await page.goto(url + path)
      const asked = 'select id from people where email like $1'
      const { rows } = await stack.pool.query<{ id: string }>(asked, [`officer@${town}%`])
      await page.getByLabel('镇经办人', { exact: true }).selectOption(rows[0]?.id ?? '')
      await page.getByRole('button', { name: '以镇经办人登录' }).click()
      await inside(page)
    },
    async stop() {
      await server.close()
      await pools.end()
      await stack.stop()
    },
  }
}

/**
 * The app and a browser for all tests of a file, begun before the first and stopped after the last. Neither is there before the
 * first test begins.
 */
export function appInBrowser(options?: Parameters<typeof startAppStack>[0]): {
  app: AppStack
  browser: Browser
} {
  let app: AppStack
  let browser: Browser
  beforeAll(async () => {
    app = await startAppStack(options)
    browser = await joinBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await app?.stop()
  })
  return { app: standingFor(() => app), browser: standingFor(() => browser) }
}

/** Keeps what a page complains of: each is a fault, but for what a test asks for (`meant`), which the browser tells of too. */
export function keepComplaints(page: Page, complaints: string[], meant: RegExp): void {
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !meant.test(message.text())) complaints.push(message.text())
  })
}

/** Has whatever the thing has that is there by the time it is used. */
function standingFor<T extends object>(there: () => T): T {
  const get = (_: T, name: string | symbol) => {
    const value: unknown = Reflect.get(there(), name)
    return typeof value === 'function' ? (value.bind(there()) as unknown) : value
  }
  return new Proxy({} as T, { get })
}
