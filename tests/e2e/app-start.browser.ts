import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { appInBrowser } from './app-stack.ts'

const { app, browser } = appInBrowser()

const PAGES = [
  {
    path: () => '/app/',
    asks: ['/v1/me', '/v1/campaigns', /^\/v1\/campaigns\/[^/]+\/timeline$/, '/v1/home'],
  },
  { path: () => '/app/obligations?standing=all', asks: ['/v1/me', /^\/v1\/obligations\?/, '/v1/inboxes'] },
  {
    path: async () => `/app/obligations/${await app.idOf('YJ1')}`,
    asks: ['/v1/me', /^\/v1\/obligations\/[^/]+$/, /\/story$/],
  },
]

/** What a page asks the API for until it has started and nothing is under way: a slow one runs its files while no request is. */
async function askedBy(page: Page, path: string): Promise<string[]> {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url().replace(app.url, '')))
  await page.goto(app.url + path)
  await page.locator('#app[data-v-app] main h1').first().waitFor({ state: 'attached' })
  await page.waitForTimeout(1_000)
  await page.waitForLoadState('networkidle')
  return asked.filter((address) => address.startsWith('/v1/'))
}

test('a page asks for each of its answers once, on a device that knows its person and on one that does not', async () => {
  // A worker that comes into charge meanwhile has everything read once more.
  const alone = { serviceWorkers: 'block' } as const
  const signedIn = await browser.newContext(alone)
  await app.signIn(await signedIn.newPage(), /救助中心/)
  const forgetful = await browser.newContext({
    ...alone,
    storageState: { cookies: await signedIn.cookies(), origins: [] },
  })
  for (const context of [signedIn, forgetful])
    for (const { path, asks } of PAGES) {
      const page = await context.newPage()
      const asked = await askedBy(page, await path())
      for (const address of asks) {
        const times = asked.filter((one) =>
          typeof address === 'string' ? one === address : address.test(one),
        )
        expect(times, `${String(address)} of ${asked.join(' ')}`).toHaveLength(1)
      }
      await page.close()
    }
  await forgetful.close()
  await signedIn.close()
})

test('on a device whose session is over, whoever signs in at once stays signed in', async () => {
  const context = await browser.newContext({ serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.addInitScript(`localStorage.setItem('duban.signed-in', 'reads')`)
  await app.signIn(page, /救助中心/)
  await page.getByRole('heading', { name: '各单位' }).waitFor()
  await page.waitForLoadState('networkidle')
  expect(new URL(page.url()).pathname).toBe('/app/')
  await context.close()
})

const IN_CHARGE = `new Promise((resolve) => {
  const workers = navigator.serviceWorker
  if (workers.controller) resolve(true)
  workers.addEventListener('controllerchange', () => resolve(true))
})`
/** The network takes its time, until it is let go. */
const HELD = `{
  const quick = window.fetch.bind(window)
  const held = new Promise((go) => (window.letGo = go))
  window.fetch = (...asked) => held.then(() => quick(...asked))
}`

test('a later visit shows at once what the device kept, says from when it is, and then what is new', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 } })
  const first = await context.newPage()
  const path = `/app/obligations/${await app.idOf('YJ2')}`
  await app.signInAsOfficer(first, 'maoba', path)
  await first.getByRole('heading', { name: /毛坝镇 因病预警核查/ }).waitFor()
  // What was read before the worker was there is read once more.
  const kept = first.waitForResponse(
    (answer) => answer.url().endsWith('/story') && answer.fromServiceWorker(),
  )
  expect(await first.evaluate(IN_CHARGE)).toBe(true)
  await kept
  await first.waitForLoadState('networkidle')
  await first.close()
  await app.stack.pool.query(
    `update obligations set title = '改过的标题', version = version + 1 where external_id = 'YJ2'`,
  )

  const later = await context.newPage()
  await later.addInitScript(HELD)
  await later.goto(app.url + path)
  await later.getByRole('heading', { name: /毛坝镇 因病预警核查/ }).waitFor()
  await later.getByText('正在更新').waitFor()
  await later.evaluate('letGo()')
  await later.getByRole('heading', { name: /改过的标题/ }).waitFor()
  await later.getByText('正在更新').waitFor({ state: 'detached' })
  await context.close()
})

test('while a demonstration is made, the page for signing in says how far it is, and no longer once it is made', async () => {
  const context = await browser.newContext({ locale: 'zh-CN', serviceWorkers: 'block' })
  const page = await context.newPage()
  let percent: number | null = 13
  await page.route('**/v1/sign-in', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...((await response.json()) as object), demo: true } })
  })
  await page.route('**/readyz', (route) => {
    const made = { name: 'demo', mode: 'embedded', state: 'ready', detail: '虚构的人和户' }
    const making = { ...made, state: 'starting', detail: `正在生成演示数据 ${percent} %` }
    const parts = [percent === null ? made : making]
    return route.fulfill({ status: percent === null ? 200 : 503, json: { ready: percent === null, parts } })
  })
  await page.goto(`${app.url}/app/sign-in`)
  await page.getByText('正在生成演示数据 13 %:数字还不全').waitFor()
  expect(await page.locator('header').innerText()).toMatch(/县.*督办/s)
  percent = 60
  await page.getByText('正在生成演示数据 60 %').waitFor()
  percent = null
  await page.getByText('正在生成演示数据').waitFor({ state: 'detached' })
  // The page may be asking once more.
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await context.close()
})
