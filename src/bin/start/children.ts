import { readFileSync } from 'node:fs'
import type { DataDir } from '../../engine/embedded/data-dir.ts'
import { endProcess, type ProcessMark } from '../../engine/embedded/processes.ts'

const FILE = 'children.json'

/** Remembers the processes started on a data directory, so that a later start can end what a killed launcher left. */
export function rememberChild(data: DataDir, name: string, mark: ProcessMark): void {
  data.write(FILE, JSON.stringify({ ...readChildren(data), [name]: mark }))
}

/** Ends an orphan of an earlier run; only the very process that was remembered. */
export async function endOrphan(data: Pick<DataDir, 'file'>, name: string): Promise<void> {
  const mark = readChildren(data)[name]
  if (mark && mark.startedAt !== null) await endProcess(mark, 'SIGTERM', 5_000)
}

/** Ends all of them in haste: somebody has asked twice. PostgreSQL goes at once at SIGINT, whoever is connected. */
export async function endChildren(data: Pick<DataDir, 'file'>): Promise<void> {
  const marks = Object.entries(readChildren(data)).filter(([, mark]) => mark.startedAt !== null)
  await Promise.all(
    marks.map(([name, mark]) => endProcess(mark, name === 'postgres' ? 'SIGINT' : 'SIGTERM', 3_000)),
  )
}

function readChildren(data: Pick<DataDir, 'file'>): Record<string, ProcessMark> {
  try {
    return JSON.parse(readFileSync(data.file(FILE), 'utf8')) as Record<string, ProcessMark>
  } catch {
    return {}
  }
}
