import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'

const NO_LIST = '每行要是一个 SHA-1(40 位十六进制,后面可以有 :次数),并按它排序'
const LINE = /^([0-9A-F]{40})(:\d+)?\r?$/i
/** A line is some 50 bytes: every block but the last holds whole ones. */
const BLOCK = 4096
/** At how many places it is looked whether the lines are in order. */
const PROBES = 100

/** Has somebody lost this password already? */
export type Breached = (password: string) => Promise<boolean>

/** Thrown when a file of breached passwords is not there, or is none. */
export class BadBreachedFile extends Error {
  constructor(readonly why: string) {
    super(why)
    this.name = 'BadBreachedFile'
  }
}

/**
 * SHA-1 hashes in order, one a line, a count after a colon or none: as the well-known download of breached passwords comes,
 * with some 40 GB. It is searched where it lies, in some two dozen reads. @throws BadBreachedFile
 */
export async function breachedFile(path: string): Promise<Breached> {
  await withFile(path, async (file) => {
    const stat = await file.stat()
    if (!stat.isFile()) throw new BadBreachedFile(NO_LIST)
    let before = ''
    for (let n = 0; n < PROBES; n++) {
      const found = await hashAfter(file, Math.floor((stat.size * n) / PROBES))
      if (found ? found.hash < before : n === 0) throw new BadBreachedFile(NO_LIST)
      before = found?.hash ?? before
    }
  })
  return (password) => withFile(path, (file) => isIn(file, sha1(password)))
}

function sha1(password: string): string {
  return createHash('sha1').update(password).digest('hex').toUpperCase()
}

async function withFile<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new BadBreachedFile(`文件打不开(${error.code ?? error.name})`)
  })
  try {
    return await work(file)
  } finally {
    await file.close()
  }
}

/** The line looked for, if it is there, begins at `from` or later and before `to`. */
async function isIn(file: FileHandle, wanted: string): Promise<boolean> {
  let [from, to] = [0, (await file.stat()).size]
  while (to - from > BLOCK) {
    const middle = Math.floor((from + to) / 2)
    const found = await hashAfter(file, middle)
    if (found?.hash === wanted) return true
    if (found && found.hash < wanted) from = found.at
    else to = middle + 1
  }
  const lines = (await read(file, from, BLOCK * 2)).split('\n')
  return lines.some((line) => LINE.exec(line)?.[1]?.toUpperCase() === wanted)
}

/** The first line that begins behind `place` (the very first at 0), with where it begins; null behind the last. */
async function hashAfter(file: FileHandle, place: number): Promise<{ hash: string; at: number } | null> {
  const text = await read(file, place, BLOCK)
  const start = place === 0 ? 0 : text.indexOf('\n') + 1
  const [line = ''] = text.slice(start).split('\n')
  if (line === '' || (place > 0 && start === 0)) return null
  const hash = LINE.exec(line)?.[1]
  if (hash === undefined) throw new BadBreachedFile(NO_LIST)
  return { hash: hash.toUpperCase(), at: place + start }
}

async function read(file: FileHandle, position: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.toString('latin1', 0, bytesRead)
}
