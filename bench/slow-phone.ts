import type { BrowserContextOptions, CDPSession, Page } from 'playwright-core'

/** A cheap telephone on a slow line: 4 × slower, 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back. */
const SLOWER = 4
const LINE = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
}
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
}

/** Makes a page and its workers as slow as that. */
export async function slowDown(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', LINE)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  await slowDownWorkers(session)
  return session
}

/** The same line for the service workers of the page, each from its start; their processor cannot be slowed down. */
async function slowDownWorkers(session: CDPSession): Promise<void> {
  session.on('Target.attachedToTarget', ({ sessionId }) => {
    const commands = [
      ['Network.enable', {}],
      ['Network.emulateNetworkConditions', LINE],
      ['Runtime.runIfWaitingForDebugger', {}],
    ] as const
    for (const [i, [method, params]] of commands.entries())
      void session.send('Target.sendMessageToTarget', {
        sessionId,
        message: JSON.stringify({ id: i + 1, method, params }),
      })
  })
  await session.send('Target.setAutoAttach', {
    ...{ autoAttach: true, waitForDebuggerOnStart: true, flatten: false },
    filter: [{ type: 'service_worker' }],
  })
}

/** Waits until the app is kept on the device with what was read, and stops its worker, as after a while without a visit. */
export async function leaveForLater(page: Page, session: CDPSession): Promise<void> {
  await page.evaluate(IN_CHARGE)
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(SETTLED_MS)
  await page.goto('about:blank')
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.stopAllWorkers')
}

const SETTLED_MS = 2_000
const IN_CHARGE = `new Promise((resolve) => {
  const workers = navigator.serviceWorker
  if (workers.controller) resolve()
  workers.addEventListener('controllerchange', () => resolve())
})`
