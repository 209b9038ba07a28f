import { readFileSync } from 'node:fs'
import type { DataDir } from '../engine/data-dir.ts'
import { endProcess, type ProcessMark } from '../engine/processes.ts'

const FILE = 'children.json'

/** Remembers the processes started on a data directory, so that a later start can end what a killed launcher left. */
export function rememberChild(data: DataDir, name: string, mark: ProcessMark): void {
  data.write(FILE, JSON.stringify({ ...readChildren(data), [name]: mark }))
}

/** Ends an orphan of an earlier run; only the very process that was remembered. */
export async function endOrphan(data: DataDir, name: string): Promise<void> {
  const mark = readChildren(data)[name]
  if (mark && mark.startedAt !== null) await endProcess(mark, 'SIGTERM', 5_000)
}

function readChildren(data: DataDir): Record<string, ProcessMark> {
  try {
    return JSON.parse(readFileSync(data.file(FILE), 'utf8')) as Record<string, ProcessMark>
  } catch {
    return {}
  }
}
