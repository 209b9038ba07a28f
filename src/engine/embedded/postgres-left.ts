import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { commandOf, isAlive, markOf, type ProcessMark } from './processes.ts'

/**
 * The server that a killed launcher left on these data, if it still runs. A pid file whose number belongs to something else by now
 * (a restarted container gives the same small numbers again) is removed: PostgreSQL would refuse to start for it.
 */
export function leftRunning(dir: string): { mark: ProcessMark; port: number } | null {
  const pidFile = join(dir, 'postmaster.pid')
  const [pid, port] = readPidFile(pidFile)
  if (!pid || !port) return null
  const mark = markOf(pid)
  const command = isAlive(mark) ? commandOf(pid) : null
  if (command?.includes(dir)) return { mark, port }
  if (command && !command.includes('postgres')) rmSync(pidFile, { force: true })
  return null
}

function readPidFile(path: string): [number, number] {
  try {
    const [pid, , , port] = readFileSync(path, 'utf8').split('\n')
    return [Number(pid), Number(port)]
  } catch {
    return [0, 0]
  }
}
