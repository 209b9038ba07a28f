import { text } from 'node:stream/consumers'
import { type Browser, chromium, type Download } from 'playwright-core'
import { inject } from 'vitest'

/**
 * The browser of the whole run, with nothing open in it and nothing known to it. To close it ends what this file opened and leaves the
 * browser to the others: starting one for each file took a second of processor time and more.
 */
export function joinBrowser(): Promise<Browser> {
  return chromium.connect(inject('browserAddress'))
}

/** What a page gave as a file: it lies with the browser. */
export async function textOf(download: Download): Promise<string> {
  return text(await download.createReadStream())
}
