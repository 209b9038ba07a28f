import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { endProcess, markOf, type ProcessMark } from './processes.ts'

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
