import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'

const NO_LIST = '每行要是一个 SHA-1(40 位十六进制,后面可以有 :次数),并按它排序'
const LINE = /^([0-9A-F]{40})(:\d+)?\r?$/i
/** A line has some 50 bytes, so a block holds whole lines. */
const BLOCK = 4096
/** At how many places the order of the lines is checked. */
const PROBES = 100

/** Is this password in a list of breached ones? */
export type Breached = (password: string) => Promise<boolean>

/** Thrown when a file of breached passwords is missing or is none. */
export class BadBreachedFile extends Error {
  constructor(readonly why: string) {
    super(why)
    this.name = 'BadBreachedFile'
  }
}

/**
 * Sorted SHA-1 hashes, one a line, with or without a count after a colon: the well-known download of some 40 GB.
 * The file is searched in place, in some two dozen reads. @throws BadBreachedFile
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

/** Invariant: the wanted line, if it exists, begins at `from` or later and before `to`. */
async function isIn(file: FileHandle, wanted: string): Promise<boolean> {
  let [from, to] = [0, (await file.stat()).size]
  while (to - from > BLOCK) {
    const middle = Math.floor((from + to) / 2)
    const found = await hashAfter(file, middle)
    if (found?.hash === wanted) return true
    if (found && found.hash < wanted) from = found.at
    else to = middle + 1
  }
  const lines = (await readText(file, from, BLOCK * 2)).split('\n')
  return lines.some((line) => LINE.exec(line)?.[1]?.toUpperCase() === wanted)
}

/** The first line that begins after `place` (the very first at 0) and where it begins; null after the last line. */
async function hashAfter(file: FileHandle, place: number): Promise<{ hash: string; at: number } | null> {
  const text = await readText(file, place, BLOCK)
  const start = place === 0 ? 0 : text.indexOf('\n') + 1
  const [line = ''] = text.slice(start).split('\n')
  if (line === '' || (place > 0 && start === 0)) return null
  const hash = LINE.exec(line)?.[1]
  if (hash === undefined) throw new BadBreachedFile(NO_LIST)
  return { hash: hash.toUpperCase(), at: place + start }
}

async function readText(file: FileHandle, position: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.toString('latin1', 0, bytesRead)
}
