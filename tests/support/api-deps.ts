import { Registry } from 'prom-client'
import type { ApiDeps } from '../../src/api/http/deps.ts'
import { createTransport } from '../../src/mail/transport.ts'

/** What an API under test stands on, but for its pools, keys and log. No mail leaves, nobody signs in as a sample. */
export function apiDeps(): Omit<ApiDeps, 'pool' | 'gate' | 'log' | 'keys'> {
  return {
    metrics: new Registry(),
    wallNow: () => Date.now(),
    parts: () => Promise.resolve([{ name: 'database', mode: 'embedded', state: 'ready' }]),
    gap: () => 0,
    left: () => ({ unreached: 3 }),
    inbox: null,
    temporalUi: () => null,
    demo: false,
    demoSignIn: false,
    openInbox: true,
    secondFactor: { everybody: false, administrators: false, revealing: false },
    breached: () => Promise.resolve(false),
    revealLimit: 50,
    attachmentBytes: 10 * 1024 * 1024,
    perMinute: 100_000,
    proxy: null,
    https: false,
    web: null,
    transport: createTransport('smtp://127.0.0.1:1'),
    letters: {
      dashboardUrl: 'http://127.0.0.1:1',
      from: { name: '督办', address: 'duban@duban.example' },
      replyTo: 'contact@bureau.ziyang.test',
      mailDomain: 'duban.example',
      trial: true,
    },
  }
}
