import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process by id and start: an id alone may belong to somebody else by now. `startedAt` is null where the system does not tell. */
export type ProcessMark = { pid: number; startedAt: string | null }

export function markOf(pid: number): ProcessMark {
  return { pid, startedAt: startOf(pid) }
}

/** Whether that very process still runs. */
export function isAlive(mark: ProcessMark): boolean {
  try {
    process.kill(mark.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return mark.startedAt === null || startOf(mark.pid) === mark.startedAt
}

/** Linux: clock ticks since boot at which the process started; zombies count as gone. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? 'gone' : (fields[19] ?? null)
  } catch {
    return null
  }
}

/** Asks a process to end, and ends it when it does not within `patienceMs`. */
export async function endProcess(mark: ProcessMark, signal: NodeJS.Signals, patienceMs: number): Promise<void> {
  if (!isAlive(mark)) return
  process.kill(mark.pid, signal)
  const deadline = Date.now() + patienceMs
  while (isAlive(mark) && Date.now() < deadline) await sleep(50)
  if (isAlive(mark)) process.kill(mark.pid, 'SIGKILL')
  while (isAlive(mark)) await sleep(20)
}
