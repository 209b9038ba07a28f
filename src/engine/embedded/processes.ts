import { execFileSync, spawn } from 'node:child_process'
import { readFileSync, closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
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

export type Child = {
  mark: ProcessMark
  /** Resolves when it is gone, wanted or not, or could not be started. */
  exited: Promise<void>
  isGone(): boolean
  /** Why it ended by itself: what the system said, or its own last words in the log. */
  lastWords(): string
  /** Asks it to end, and insists; resolves when it is gone. */
  stop(): Promise<void>
}
export type ChildOptions = {
  logFile: string
  env: NodeJS.ProcessEnv
  stopSignal: NodeJS.Signals
  patienceMs: number
  /** Who runs it, when not we. */
  user?: { uid: number; gid: number } | null
}

/** A log larger than this is put aside at the next start: one older part is kept. */
const LOG_LIMIT = 10 * 1024 * 1024

/** Starts a server of ours, its output in a log only its owner reads. In a group of its own: a Ctrl-C in the terminal is not for it. */
export function startChild(file: string, args: string[], options: ChildOptions): Child {
  const log = openLog(options.logFile)
  const child = spawn(file, args, {
    ...(options.user ? { uid: options.user.uid, gid: options.user.gid } : {}),
    stdio: ['ignore', log.fd, log.fd],
    env: options.env,
    cwd: '/',
    detached: true,
  })
  closeSync(log.fd)
  let refusal: Error | null = null
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', (error) => {
      refusal = error
      resolve()
    })
  })
  const mark = markOf(child.pid ?? 0)
  return {
    mark,
    exited,
    isGone: () => refusal !== null || child.exitCode !== null || child.signalCode !== null,
    lastWords: () =>
      refusal?.message ?? readFileSync(options.logFile).subarray(log.from).toString().trim().slice(-600),
    stop: () => endProcess(mark, options.stopSignal, options.patienceMs),
  }
}

function openLog(path: string): { fd: number; from: number } {
  mkdirSync(dirname(path), { recursive: true })
  if (existsSync(path) && statSync(path).size > LOG_LIMIT) renameSync(path, `${path}.1`)
  const from = existsSync(path) ? statSync(path).size : 0
  return { fd: openSync(path, 'a', 0o600), from }
}
