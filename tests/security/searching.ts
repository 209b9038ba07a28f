import { openSync, closeSync, readdirSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { temporal } from '@temporalio/proto'
import { Client, Connection } from '@temporalio/client'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { type Pool, rows } from '../../src/db/pool.ts'
import type { TrialInbox } from '../../src/mail/trial-inbox.ts'
import { canariesIn, LONGEST } from './canaries.ts'

/** Where it was found, and as what. */
export type Found = string[]
export type Searched = { found: Found; bytes: number; things: number }

const PIECE = 16 * 1024 * 1024
/** One for all files: to make and clear one for each of thousands cost more than the search. */
const piece = Buffer.alloc(PIECE + LONGEST)
/** Packed files hide what is in them; none is made today, and who makes one has to unpack it here. */
const PACKED: [string, Buffer][] = [
  ['gzip', Buffer.from([0x1f, 0x8b])],
  ['zip', Buffer.from('PK\u0003\u0004')],
  ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
]

export function searchTexts(texts: Iterable<readonly [where: string, text: string | Buffer]>): Searched {
  const searched: Searched = { found: [], bytes: 0, things: 0 }
  for (const [where, text] of texts) {
    const bytes = Buffer.from(text)
    searched.bytes += bytes.length
    searched.things += 1
    searched.found.push(...canariesIn(bytes).map((what) => `${where}: ${what}`))
  }
  return searched
}

/** Every file below a folder, as its bytes lie on the disk. */
export function searchFiles(dir: string): Searched {
  const searched: Searched = { found: [], bytes: 0, things: 0 }
  for (const { path, size } of filesBelow(dir)) {
    searched.bytes += size
    searched.things += 1
    searched.found.push(...searchFile(path).map((what) => `${path}: ${what}`))
  }
  return searched
}

/** What all files below a folder hold, in bytes. */
export function bytesBelow(dir: string): number {
  return filesBelow(dir).reduce((sum, { size }) => sum + size, 0)
}

function filesBelow(dir: string): { path: string; size: number }[] {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true })
  return entries.flatMap((entry) => {
    if (!entry.isFile()) return []
    const path = join(entry.parentPath, entry.name)
    // Files of a running server come and go.
    const size = statSync(path, { throwIfNoEntry: false })?.size
    return size === undefined ? [] : [{ path, size }]
  })
}

export function searchFile(path: string): Found {
  const found = new Set<string>()
  const file = openSync(path, 'r')
  try {
    for (let at = 0; ; at += PIECE) {
      const read = readSync(file, piece, 0, piece.length, at)
      const bytes = piece.subarray(0, read)
      if (at === 0)
        for (const [kind, mark] of PACKED)
          if (bytes.subarray(0, mark.length).equals(mark)) found.add(`packed with ${kind}`)
      for (const what of canariesIn(bytes)) found.add(what)
      if (read < piece.length) return [...found]
    }
  } finally {
    closeSync(file)
  }
}

/** Every row of every table, as text: what a stolen dump would hold. */
export async function searchDump(pool: Pool): Promise<Searched> {
  const tables = await rows<{ name: string }>(
    pool,
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  // A stream needs a connection of its own: those of a pool pipeline.
  const client = new pg.Client({ connectionString: pool.options.connectionString })
  await client.connect()
  const searched: Searched = { found: [], bytes: 0, things: 0 }
  try {
    for (const { name } of tables) {
      const dump = await textOf(client.query(copyTo(`copy ${name} to stdout`)))
      const { found, bytes } = searchTexts([[`table ${name}`, dump]])
      searched.found.push(...found)
      searched.bytes += bytes
      searched.things += 1
    }
    return searched
  } finally {
    await client.end()
  }
}

/** All histories of all workflows, with the payloads in them as they are. */
export async function searchHistories(address: string, namespace: string): Promise<Searched> {
  const connection = await Connection.connect({ address })
  const client = new Client({ connection, namespace })
  const histories: [string, Buffer][] = []
  try {
    for await (const { workflowId, runId } of client.workflow.list()) {
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory()
      const bytes = temporal.api.history.v1.History.encode(history).finish()
      histories.push([`history of ${workflowId}`, Buffer.from(bytes)])
    }
    return searchTexts(histories)
  } finally {
    await connection.close()
  }
}

/** Every mail, decoded as its reader sees it; how it came is in the files of the inbox. */
export async function searchMails(inbox: TrialInbox): Promise<Searched> {
  const texts: [string, string][] = []
  for (let before: string | undefined; ;) {
    const page = await inbox.list({ limit: 200, ...(before ? { before } : {}) })
    if (page.length === 0) return searchTexts(texts)
    for (const { id } of page) texts.push([`mail ${id}`, JSON.stringify(await inbox.get(id))])
    before = page[page.length - 1]?.id
  }
}
