import type { Page } from 'playwright-core'
import { now as businessNow } from '../src/services/schedule/clock.ts'
import { launchBrowser } from '../tests/support/browser.ts'
import { zhCN as words } from '../web/src/words/zh-CN.ts'
import { COUNTY } from './given-warnings.ts'
import { signedInPage } from './signed-in-page.ts'
import { numberAfter, percentile, report, secondsOf, withParts } from './support.ts'
import { fillCounty } from './twenty-counties.ts'

/** Of the API's own time, and beside it: the browser has its rows to draw. */
const ALLOWED = { times: 1.3, ms: 150 }
const PATIENCE_MS = 60_000
const WIDE = { width: 1440, height: 900 }

type Step = { name: string; act: (page: Page) => Promise<unknown> }
type Click = { name: string; clickMs: number; apiMs: number }

/**
 * A list of 1,000,000 obligations of one county (`--rows N`) in a browser: filters, sorts and further pages are pressed, and each
 * time it is measured from the press until the new rows are painted, against the API's own time for the same address, asked
 * for by this process, in turn before and after. The first round warms both up; `--rounds N` of twenty presses are counted.
 */
export async function bench(args: string[]): Promise<void> {
  const obligations = numberAfter(args, '--rows') ?? 1_000_000
  const rounds = numberAfter(args, '--rounds') ?? 3
  await withParts({ begin: 'demo', demoSignIn: true }, async ({ pool, engine, url }) => {
    await engine.stop()
    const now = await businessNow(pool)
    const fillSeconds = await secondsOf(() => fillCounty(pool, { county: COUNTY, obligations, now }))
    const clicks = await pressAll(url, rounds)
    report('list', { obligations, fillSeconds, ...summaryOf(clicks), goal: ALLOWED })
  })
}

async function pressAll(url: string, rounds: number): Promise<Click[]> {
  const browser = await launchBrowser()
  try {
    const page = await signedInPage(browser, url, { viewport: WIDE })
    const faults: string[] = []
    page.on('pageerror', ({ message }) => faults.push(message))
    const addresses = await pressRound(page, url, new Map())
    const clicks: Click[] = []
    for (let round = 0; round < rounds; round++) {
      const known = new Map(addresses.map(({ name, address }) => [name, address]))
      for (const { name, clickMs, apiMs } of await pressRound(page, url, known, round % 2 === 0))
        clicks.push({ name, clickMs, apiMs })
    }
    if (faults.length > 0) throw new Error(`the page failed: ${faults.join('; ')}`)
    return clicks
  } finally {
    await browser.close()
  }
}

/** @param known the address each step asks for, where the API is asked before the press */
async function pressRound(page: Page, url: string, known: ReadonlyMap<string, string>, isFirst = false) {
  await page.goto(`${url}/app/obligations?standing=all&sort=-issuedAt`)
  await page.locator('tbody tr a').first().waitFor({ timeout: 120_000 })
  const pressed: (Click & { address: string })[] = []
  for (const { name, act } of STEPS) {
    const before = known.get(name)
    const early = isFirst && before !== undefined ? await askApi(page, before) : null
    await page.evaluate(WATCH)
    const address = await askedWhile(page, () => act(page)).catch(failedAt(name))
    const clickMs = await page.evaluate<number>('window.benchPainted').catch(failedAt(name))
    pressed.push({ name, address, clickMs, apiMs: early ?? (await askApi(page, address)) })
  }
  return pressed
}

const failedAt = (name: string) => (cause: unknown) => {
  throw new Error(`${name}: not measured`, { cause })
}

async function askedWhile(page: Page, act: () => Promise<unknown>): Promise<string> {
  const asking = page.waitForRequest((request) => request.url().includes('/v1/obligations?'))
  await Promise.all([asking, act()])
  return (await asking).url()
}

/** Milliseconds until the whole answer is here. */
async function askApi(page: Page, address: string): Promise<number> {
  const cookies = await page.context().cookies(address)
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const headers = { cookie, 'sec-fetch-site': 'same-origin' }
  const seconds = await secondsOf(async () => {
    const answer = await fetch(address, { headers })
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`)
    await answer.text()
  })
  return seconds * 1000
}

/** From the press until the frame that shows other rows is on the screen: the frame after the one in which they are there. */
const WATCH = `window.benchPainted = new Promise((resolve, reject) => {
  const rows = () => Array.from(document.querySelectorAll('tbody tr'), (row) => row.id).join()
  const before = rows()
  let pressed
  for (const kind of ['click', 'change', 'submit'])
    document.addEventListener(kind, (event) => { pressed ??= event.timeStamp }, { capture: true, once: true })
  const look = () => {
    const now = rows()
    const isNew = pressed !== undefined && now !== '' && now !== before
    requestAnimationFrame(isNew ? () => resolve(performance.now() - pressed) : look)
  }
  requestAnimationFrame(look)
  setTimeout(() => reject(new Error('no other rows came')), ${PATIENCE_MS})
}), undefined`

const { filters } = words.list
const choose = (name: string, label: string, value: string | { index: number }): Step => ({
  name,
  act: (page) => page.locator('#list-filters').getByLabel(label, { exact: true }).selectOption(value),
})
const sort = (name: string, head: string): Step => ({
  name,
  act: (page) => page.locator('thead').getByRole('button', { name: head }).click(),
})
const press = (name: string, label: string): Step => ({
  name,
  act: (page) => page.getByRole('button', { name: label, exact: true }).click(),
})

/** Each shows other rows than the one before, and asks what was not asked since the page was opened: that would be shown at once. */
const STEPS: readonly Step[] = [
  sort('sort by due', words.columns.due),
  sort('the same, last first', words.columns.due),
  choose('red', filters.level, 'red'),
  choose('orange', filters.level, 'orange'),
  sort('sort by number', words.columns.externalId),
  choose('overdue', filters.standing, 'overdue'),
  choose('in review', filters.standing, 'in-review'),
  choose('unfinished', filters.standing, 'unfinished'),
  choose('done', filters.standing, 'done'),
  choose('one town', filters.office, { index: 5 }),
  choose('another town', filters.office, { index: 9 }),
  choose('any level', filters.level, ''),
  choose('all of the town', filters.standing, 'all'),
  sort('of the town by issue', words.columns.issued),
  choose('yellow', filters.level, 'yellow'),
  choose('any town', filters.office, ''),
  press('a second page', words.list.more),
  press('a third page', words.list.more),
  sort('sort by number again', words.columns.externalId),
  press('no filter', words.list.clear),
]

function summaryOf(clicks: readonly Click[]) {
  const times = clicks.flatMap(({ clickMs, apiMs }) => [clickMs, apiMs])
  if (clicks.length < STEPS.length || !times.every((ms) => Number.isFinite(ms) && ms > 0))
    throw new Error(`not every press was measured: ${clicks.length} of ${STEPS.length} a round`)
  const [p50, p95] = [0.5, 0.95].map((part) => ({
    clickMs: roundOff(
      percentile(
        clicks.map(({ clickMs }) => clickMs),
        part,
      ),
    ),
    apiMs: roundOff(
      percentile(
        clicks.map(({ apiMs }) => apiMs),
        part,
      ),
    ),
    ratio: roundOff(
      percentile(
        clicks.map(({ clickMs, apiMs }) => clickMs / apiMs),
        part,
      ),
    ),
    besideMs: roundOff(
      percentile(
        clicks.map(({ clickMs, apiMs }) => clickMs - ALLOWED.times * apiMs),
        part,
      ),
    ),
  }))
  const allowedMs = roundOff(ALLOWED.times * (p95?.apiMs ?? NaN) + ALLOWED.ms)
  const steps = STEPS.map(({ name }) => {
    const these = clicks.filter((click) => click.name === name)
    return {
      name,
      clickMs: these.map(({ clickMs }) => roundOff(clickMs)),
      apiMs: these.map(({ apiMs }) => roundOff(apiMs)),
    }
  })
  const met = (p95?.clickMs ?? NaN) <= allowedMs
  return { clicks: clicks.length, p50, p95, allowedMs, met, steps }
}

const roundOff = (value: number) => Math.round(value * 10) / 10
