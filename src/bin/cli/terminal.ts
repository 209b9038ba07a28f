import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { Ask } from './ask-mapping.ts'
import { CliError } from './cli-error.ts'

type Streams = {
  input: Readable
  output: Writable
  /** What is said to whoever leaves before the end. */ left: () => string
}

/**
 * Asks on these streams as long as `work` goes on. What was typed ahead answers the next question. @throws CliError when the
 * other side leaves
 */
export async function asking<T>(
  { input, output, left }: Streams,
  work: (ask: Ask) => Promise<T>,
): Promise<T> {
  const typed: string[] = []
  let waiting: { answer: (line: string) => void; leave: (error: Error) => void } | null = null
  let closed = false
  const lines = createInterface({ input, terminal: false })
  lines.on('line', (line) => {
    const asked = waiting
    waiting = null
    if (asked) asked.answer(line)
    else typed.push(line)
  })
  lines.once('close', () => {
    closed = true
    waiting?.leave(new CliError(left()))
  })
  const ask: Ask = (question) => {
    output.write(question)
    const [line] = typed.splice(0, 1)
    if (line !== undefined) return Promise.resolve(line)
    if (closed) return Promise.reject(new CliError(left()))
    return new Promise((answer, leave) => (waiting = { answer, leave }))
  }
  try {
    return await work(ask)
  } finally {
    lines.close()
  }
}
