import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../../src/api/app.ts'
import { webFolder } from '../../src/bin/start/web-folder.ts'
import { instantAt } from '../../src/domain/time/days.ts'
import { apiDeps } from '../support/api-deps.ts'
import { joinBrowser } from './join-browser.ts'
import { rolePools } from '../support/scoped.ts'
import { keys, log, type Stack, startStack } from '../support/stack.ts'
import { CANARIES, kindsOf, type Letter, liveMails } from './mail-story.ts'
import { FAINT_TEXTS } from './contrast.ts'

/** `npm run mails:render` names a folder; left out, nothing is drawn. */
const FOLDER = process.env.MAILS_FOLDER
const WIDTHS = [320, 390, 800]
const KINDS = [
  ...['officer', 'head', 'centre', 'leader', 'single', 'weekly-standing', 'returned', 'accepted'],
  ...['urgent-red', 'passed-on', 'opening', 'secret-link', 'test-mail', 'address-changed'],
]
const AT_ONCE = ['secret-link', 'test-mail', 'address-changed']

let stack: Stack
let app: Awaited<ReturnType<typeof buildApp>>
let pools: ReturnType<typeof rolePools>
let browser: Browser
let page: Page
let letters: Map<string, Letter>

beforeAll(async () => {
  stack = await startStack({ start: instantAt('2022-06-02', '09:00') })
  letters = kindsOf(await liveMails(stack))
  pools = rolePools(stack.database)
  const { api: pool, gate } = pools
  app = await buildApp({ ...apiDeps(), pool, gate, keys, log, inbox: stack.inbox, web: webFolder() })
  browser = await joinBrowser()
  page = await browser.newPage()
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await app?.close()
  await pools?.end()
  await stack?.stop()
})

test('the story has a mail of every kind', () => {
  expect([...letters.keys()].sort()).toEqual([...KINDS].sort())
})

describe.each(KINDS)('a mail of the kind %s', (kind) => {
  const letter = () => letters.get(kind)!

  test('has a subject that a telephone shows whole, and a first line behind it', () => {
    expect(letter().subject.length).toBeLessThanOrEqual(30)
    if (!AT_ONCE.includes(kind))
      expect(letter().html).toMatch(/<div style="display:none[^>]*>[^<\s][^<]*<\/div>/)
  })

  test('names no household', () => {
    const { subject, text, html } = letter()
    for (const canary of CANARIES) expect([subject, text, html].join('\n')).not.toContain(canary)
  })

  test('has links that lead to pages that are there', async () => {
    const links = [...new Set([...letter().html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!))]
    for (const href of links) {
      const { pathname, search } = new URL(href.replaceAll('&amp;', '&'))
      const { statusCode } = await app.inject({
        ...{ method: 'GET', url: pathname + search },
        headers: { accept: 'text/html' },
      })
      expect([200, 302, 303], `${href} answers ${statusCode}`).toContain(statusCode)
    }
  })

  test.each(['light', 'dark'] as const)('fits a small telephone and can be read in %s', async (scheme) => {
    await page.emulateMedia({ colorScheme: scheme })
    await page.setContent(letter().html)
    for (const width of FOLDER ? WIDTHS : WIDTHS.slice(0, 1)) {
      await page.setViewportSize({ width, height: 800 })
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      expect(await page.evaluate<string[]>(FAINT_TEXTS)).toEqual([])
      if (FOLDER) await draw(kind, scheme, width)
    }
  })
})

async function draw(kind: string, scheme: string, width: number): Promise<void> {
  mkdirSync(FOLDER!, { recursive: true })
  await page.screenshot({ path: join(FOLDER!, `${kind}-${width}-${scheme}.png`), fullPage: true })
  const { subject, text } = letters.get(kind)!
  writeFileSync(join(FOLDER!, `${kind}.txt`), `${subject}\n\n${text}`)
}
