import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { report } from './support.ts'

/** Wall time of a whole year on the stepped clock, and how much of it waits for the product to settle. */
export async function bench(): Promise<void> {
  const duban = fileURLToPath(new URL('../dist/bin/duban.js', import.meta.url))
  const said = execFileSync(process.execPath, [duban, 'rehearse', '--json'], {
    encoding: 'utf8',
    maxBuffer: 50_000_000,
  })
  const { wallSeconds, waitSeconds, steps, clean, mails, httpCalls } = JSON.parse(said) as Record<
    string,
    unknown
  >
  if (clean !== true) throw new Error('the rehearsal was not clean: its time is worth nothing')
  report('rehearse', { wallSeconds, waitSeconds, steps, clean, mails, httpCalls, goalSeconds: 240 })
}
