import { text } from 'node:stream/consumers'
import { type Browser, chromium, type Download } from 'playwright-core'
import { inject } from 'vitest'
import { browserOptions } from '../support/browser.ts'

/**
 * The browser of the whole run, with nothing open in it and nothing known to it. To close it ends what this file opened and leaves the
 * browser to the others: starting one for each file took a second of processor time and more. Where that of the run has crashed, the
 * file has one of its own, so that what it had to show is still shown.
 */
export function joinBrowser(): Promise<Browser> {
  return chromium.connect(inject('browserAddress')).catch((error: Error) => {
    console.error(`the browser of the run is gone: ${error.message}`)
    return chromium.launch(browserOptions())
  })
}

/** What a page gave as a file: it lies with the browser. */
export async function textOf(download: Download): Promise<string> {
  return text(await download.createReadStream())
}
