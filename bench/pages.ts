import type { Browser, CDPSession, Page } from 'playwright-core'
import { launchBrowser } from '../tests/support/browser.ts'
import { signedInPage } from './signed-in-page.ts'
import { leaveForLater, PHONE, slowDown } from './slow-phone.ts'
import { median, numberAfter, report, withParts } from './support.ts'

/** What of each page is useful: without it nobody knows more than before. */
const PAGES = {
  list: { path: '/app/obligations?standing=all', useful: 'tbody tr a' },
  item: { path: '', useful: 'article h1' },
  overview: { path: '/app/', useful: 'ol li .head' },
}
const GOAL = { coldMs: 2_500, secondMs: 1_000 }

/**
 * How soon a page of the app is useful on a cheap telephone, the first time and the second, and whether the memory of an open
 * app grows over many changes of page. A demonstration is made for it, or one that runs already is measured (`--url`).
 */
export async function bench(args: string[]): Promise<void> {
  const rounds = numberAfter(args, '--rounds') ?? 3
  const changes = numberAfter(args, '--changes') ?? 200
  const running = args[args.indexOf('--url') + 1]
  const measure = (url: string) => measurePages(url, rounds, changes)
  if (args.includes('--url') && running) return measure(running)
  await withParts({ begin: 'demo', demoSignIn: true }, ({ url }) => measure(url))
}

async function measurePages(url: string, rounds: number, changes: number): Promise<void> {
  const browser = await launchBrowser()
  try {
    const looks = []
    for (let round = 0; round < rounds; round++) looks.push(await lookOnPhone(browser, url))
    const heap = await changePages(browser, url, changes)
    report('pages', { rounds, ...mediansOf(looks), ...heap, goal: GOAL })
  } finally {
    await browser.close()
  }
}

type Look = Record<keyof typeof PAGES, { coldMs: number; secondMs: number }>

/**
 * Each page in a browser that was never there; then the same again later, with what the device kept: the app, and what was
 * read. Its worker has to start first.
 */
async function lookOnPhone(browser: Browser, url: string): Promise<Look> {
  const item = await anItem(browser, url)
  const looks = {} as Look
  for (const [name, { path, useful }] of Object.entries(PAGES) as [keyof Look, (typeof PAGES)['list']][]) {
    const page = await signedInPage(browser, url, PHONE)
    await page.addInitScript(watchFor(useful))
    const session = await slowDown(page)
    const at = url + (path === '' ? item : path)
    await session.send('Network.clearBrowserCache')
    const coldMs = await usefulAfter(page, at)
    await leaveForLater(page, session)
    looks[name] = { coldMs, secondMs: await usefulAfter(page, at) }
    await page.context().close()
  }
  return looks
}

/** Milliseconds from the beginning of the visit until the frame with what is useful is on the screen. */
async function usefulAfter(page: Page, at: string): Promise<number> {
  await page.goto(at, { waitUntil: 'commit' })
  return Math.round(await page.evaluate<number>('window.benchUseful'))
}

/** Looked for in the page itself, once a frame: what a driver of browsers brings along takes its time on a slow processor. */
const watchFor = (useful: string) => `window.benchUseful = new Promise((resolve) => {
  const look = () =>
    requestAnimationFrame(document.querySelector(${JSON.stringify(useful)}) ? () => resolve(performance.now()) : look)
  requestAnimationFrame(look)
})`

async function anItem(browser: Browser, url: string): Promise<string> {
  const page = await signedInPage(browser, url, PHONE)
  const answer = await page.context().request.get(`${url}/v1/obligations?standing=overdue&limit=1`)
  const { items } = (await answer.json()) as { items: { id: string }[] }
  await page.context().close()
  if (!items[0]) throw new Error('nothing is overdue: there is no item to look at')
  return `/app/obligations/${items[0].id}`
}

/** The heap after its garbage was collected, after the first pages and after many more. */
async function changePages(browser: Browser, url: string, changes: number) {
  if (changes <= WARM) throw new Error(`--changes must be more than ${WARM}: the first pages are not counted`)
  const page = await signedInPage(browser, url, PHONE)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${url}/app/`)
  const session = await page.context().newCDPSession(page)
  const links = ['overview', 'obligations', 'review', 'imports'] as const
  const heaps: number[] = []
  for (let change = 0; change <= changes; change++) {
    const link = page.locator(`nav a[href="${LINK_OF[links[change % links.length] ?? 'overview']}"]`).first()
    await link.click()
    await page.locator('main h1').first().waitFor({ state: 'attached' })
    if (change === WARM || change === changes) heaps.push(await heapMb(session))
  }
  await page.context().close()
  const [warm = 0, last = 0] = heaps
  return { changes, heapWarmMb: warm, heapLastMb: last, heapGrowthMb: Math.round((last - warm) * 10) / 10 }
}

const LINK_OF = {
  overview: '/app/',
  obligations: '/app/obligations',
  review: '/app/review',
  imports: '/app/imports',
}
/** By then every page has been there several times. */
const WARM = 20

async function heapMb(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return Math.round(usedSize / 104_857.6) / 10
}

function mediansOf(looks: readonly Look[]) {
  const names = Object.keys(PAGES) as (keyof Look)[]
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        coldMs: median(looks.map((look) => look[name].coldMs)),
        secondMs: median(looks.map((look) => look[name].secondMs)),
      },
    ]),
  )
}
