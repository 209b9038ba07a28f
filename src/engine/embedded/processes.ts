import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process by id and start: an id alone may belong to somebody else by now. `startedAt` is null where the system does not tell. */
export type ProcessMark = { pid: number; startedAt: string | null }

export function markOf(pid: number): ProcessMark {
  return { pid, startedAt: startOf(pid) }
}

/** Whether that very process still runs. */
export function isAlive(mark: ProcessMark): boolean {
  // Zero would mean our own group: it stands for what could not be started.
  if (mark.pid <= 0) return false
  try {
    process.kill(mark.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return mark.startedAt === null || startOf(mark.pid) === mark.startedAt
}

/** What a process was started as, its arguments apart by spaces; null when it is gone or the system does not tell. */
export function commandOf(pid: number): string | null {
  if (process.platform !== 'linux') return ask(pid, 'command=')
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || null
  } catch {
    return null
  }
}

/** Linux: clock ticks since boot at which the process started; zombies count as gone. Elsewhere the start as `ps` says it. */
function startOf(pid: number): string | null {
  if (process.platform !== 'linux') return ask(pid, 'lstart=')
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? 'gone' : (fields[19] ?? null)
  } catch {
    return null
  }
}

function ask(pid: number, field: string): string | null {
  try {
    return (
      execFileSync('ps', ['-o', field, '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim() || null
    )
  } catch {
    return null
  }
}

/** Asks a process to end, and ends it when it does not within `patienceMs`. */
export async function endProcess(
  mark: ProcessMark,
  signal: NodeJS.Signals,
  patienceMs: number,
): Promise<void> {
  send(mark, signal)
  const deadline = Date.now() + patienceMs
  while (isAlive(mark) && Date.now() < deadline) await sleep(50)
  send(mark, 'SIGKILL')
  while (isAlive(mark)) await sleep(20)
}

function send(mark: ProcessMark, signal: NodeJS.Signals): void {
  if (!isAlive(mark)) return
  try {
    process.kill(mark.pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
