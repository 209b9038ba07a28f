import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Raw mails in a folder, one `<id>.eml` each. Ids ascend in order of arrival. The folder is the index. */
export interface InboxStore {
  /** Resolves when the bytes are on the disk. The oldest mails beyond `keep` are removed. */
  add(raw: Buffer): Promise<string>
  /** Null when there is no such mail, or no longer. */
  read(id: string): Promise<Buffer | null>
  /** Newest first, at most `limit`, older than `before`. */
  ids(page: { limit: number; before?: string }): string[]
  count(): number
}

const FILE = /^(\d{10})\.eml$/

export async function openInboxStore(dir: string, keep: number): Promise<InboxStore> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const known = await recoverIds(dir)
  let last = Number(known.at(-1) ?? 0)

  async function prune(): Promise<void> {
    const gone = known.splice(0, Math.max(0, known.length - keep))
    await Promise.all(gone.map((id) => rm(join(dir, `${id}.eml`), { force: true })))
  }

  return {
    async add(raw) {
      last += 1
      const id = String(last).padStart(10, '0')
      await writeSafely(join(dir, id), raw)
      // Writes may finish out of order; a late one belongs among the newest few.
      known.splice(known.findLastIndex((other) => other < id) + 1, 0, id)
      await prune()
      return id
    },
    read: (id) => (known.includes(id) ? readIfThere(join(dir, `${id}.eml`)) : Promise.resolve(null)),
    ids({ limit, before }) {
      const end = before === undefined ? known.length : known.findLastIndex((id) => id < before) + 1
      return known.slice(Math.max(0, end - limit), end).reverse()
    },
    count: () => known.length,
  }
}

/** Keeps the whole mails of an earlier run and removes half-written ones. */
async function recoverIds(dir: string): Promise<string[]> {
  const names = await readdir(dir)
  await Promise.all(names.filter((n) => n.endsWith('.part')).map((n) => rm(join(dir, n), { force: true })))
  return names.flatMap((n) => FILE.exec(n)?.[1] ?? []).sort()
}

/** Writes the whole file or nothing, even if the process crashes. */
async function writeSafely(path: string, raw: Buffer): Promise<void> {
  const file = await open(`${path}.part`, 'w', 0o600)
  try {
    await file.writeFile(raw)
    await file.datasync()
  } finally {
    await file.close()
  }
  await rename(`${path}.part`, `${path}.eml`)
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
