import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Debian's Chromium without windows: the same engine for half of the processor time. */
const WITHOUT_WINDOWS = '/usr/bin/chromium-headless-shell'
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * How tests start a browser: the one that CHROMIUM_PATH names, or the first that is there.
 * @throws Error where there is none
 */
export function browserOptions(browsers: readonly string[] = [WITHOUT_WINDOWS, ...BROWSERS]) {
  const executablePath = [process.env.CHROMIUM_PATH, ...browsers].find((at) => at && existsSync(at))
  if (!executablePath) throw new Error('no Chromium: install it, or name it in CHROMIUM_PATH')
  return { executablePath, args: ['--no-sandbox', '--disable-gpu'] }
}

/** A browser with windows, as people have it, for what is measured in it; where there is none, the other. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch(browserOptions([...BROWSERS, WITHOUT_WINDOWS]))
}
