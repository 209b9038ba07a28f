import { appendFile, readFile } from 'node:fs/promises'
import type { Head } from '../domain/audit/chain.ts'
import type { Instant } from '../domain/time/days.ts'

const LINE = /^\S+ (audit|history) (\d+) ([0-9a-f]{64})$/

/** Heads lie beside the database, not in it: one line each, `instant stream number mac`. */
export async function appendHeads(file: string, heads: readonly Head[], at: Instant): Promise<void> {
  const lines = heads.map(
    (h) => `${new Date(at).toISOString()} ${h.stream} ${h.number} ${h.mac.toString('hex')}\n`,
  )
  await appendFile(file, lines.join(''), { mode: 0o600 })
}

/** What the file says; nothing when it is not there. A line cut off by a full disk is no head. */
export async function readHeads(file: string): Promise<Head[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text.split('\n').flatMap((line) => {
    const [, stream, number, mac] = LINE.exec(line) ?? []
    return stream && number && mac
      ? [{ stream: stream as Head['stream'], number: Number(number), mac: Buffer.from(mac, 'hex') }]
      : []
  })
}
