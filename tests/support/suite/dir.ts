import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'
import { lockHolder, takeLock } from '../../../src/engine/embedded/lock-file.ts'
import { removePostgres } from '../../../src/engine/embedded/postgres-data.ts'
import { endProcess, markOf, type ProcessMark } from '../../../src/engine/embedded/processes.ts'

const PREFIX = 'duban-tests-'
/** Of a folder of a run that is over; nobody asks who holds it. */
const OVER = 'duban-over-'
/** A folder in memory, where the system has one. */
const IN_MEMORY = '/dev/shm'
/** A run makes some five hundred databases of 7 MB; as much again is for whoever computes. */
const ROOM_BYTES = 12 * 1024 ** 3

/** A folder for one run of the suite; what an earlier run that was killed left behind is ended and removed first. */
export async function makeSuiteDir() {
  for (const place of new Set([tmpdir(), IN_MEMORY].filter((at) => existsSync(at))))
    for (const name of readdirSync(place)) await sweep(place, name)
  const path = mkdtempSync(join(placeOfRun(), PREFIX))
  // The user that PostgreSQL runs as, when we are root, has to come through.
  chmodSync(path, 0o711)
  takeLock(join(path, 'lock'))
  const pids: number[] = []
  return {
    path,
    /** Remembers a server of this run. */
    remember(pid: number) {
      pids.push(pid)
      writeFileSync(join(path, 'children.json'), JSON.stringify(pids.map(markOf)))
    },
    /** Nobody waits for the hundreds of thousands of files that go. */
    remove() {
      const over = path.replace(PREFIX, OVER)
      renameSync(path, over)
      const remove = `require('node:fs').rmSync(${JSON.stringify(over)}, { recursive: true, force: true })`
      spawn(process.execPath, ['-e', remove], { detached: true, stdio: 'ignore' }).unref()
    },
  }
}

/** Files of databases are made, copied and thrown away: in memory, where it has room, that takes half of the time. */
function placeOfRun(): string {
  if (!existsSync(IN_MEMORY)) return tmpdir()
  const { bavail, bsize } = statfsSync(IN_MEMORY)
  return Math.min(bavail * bsize, freemem()) >= ROOM_BYTES ? IN_MEMORY : tmpdir()
}

async function sweep(place: string, name: string): Promise<void> {
  const path = join(place, name)
  if (name.startsWith(OVER)) return rmSync(path, { recursive: true, force: true })
  const children = join(path, 'children.json')
  // Without a list it is another run that has just begun, or nothing worth the risk.
  if (!name.startsWith(PREFIX) || lockHolder(join(path, 'lock')) || !existsSync(children)) return
  const marks = JSON.parse(readFileSync(children, 'utf8')) as ProcessMark[]
  for (const mark of marks.filter((m) => m.startedAt !== null)) await endProcess(mark, 'SIGTERM', 3_000)
  await removePostgres(join(path, 'postgres'))
  rmSync(path, { recursive: true, force: true })
}
