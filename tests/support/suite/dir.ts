import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lockHolder, takeLock } from '../../../src/engine/embedded/lock-file.ts'
import { removePostgres } from '../../../src/engine/embedded/postgres-data.ts'
import { endProcess, markOf, type ProcessMark } from '../../../src/engine/embedded/processes.ts'

const PREFIX = 'duban-tests-'

/** A folder for one run of the suite; what an earlier run that was killed left behind is ended and removed first. */
export async function makeSuiteDir() {
  for (const name of readdirSync(tmpdir()).filter((n) => n.startsWith(PREFIX)))
    await sweep(join(tmpdir(), name))
  const path = mkdtempSync(join(tmpdir(), PREFIX))
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
    async remove() {
      await removePostgres(join(path, 'postgres'))
      rmSync(path, { recursive: true, force: true })
    },
  }
}

async function sweep(path: string): Promise<void> {
  const children = join(path, 'children.json')
  // Without a list it is another run that has just begun, or nothing worth the risk.
  if (lockHolder(join(path, 'lock')) || !existsSync(children)) return
  const marks = JSON.parse(readFileSync(children, 'utf8')) as ProcessMark[]
  for (const mark of marks.filter((m) => m.startedAt !== null)) await endProcess(mark, 'SIGTERM', 3_000)
  await removePostgres(join(path, 'postgres'))
  rmSync(path, { recursive: true, force: true })
}
