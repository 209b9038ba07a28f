import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'
import type { Ask } from './ask-mapping.ts'
import { CliError } from './cli-error.ts'

type Streams = {
  input: Readable
  output: Writable
  /** What is said to whoever leaves before the end. */ left: string
}

/** Asks on these streams as long as `work` goes on. @throws CliError when the other side leaves */
export async function asking<T>(
  { input, output, left }: Streams,
  work: (ask: Ask) => Promise<T>,
): Promise<T> {
  const lines = createInterface({ input, output, terminal: false })
  const gone = new Promise<never>((_resolve, reject) => {
    lines.once('close', () => reject(new CliError(left)))
  })
  try {
    return await Promise.race([work((question) => Promise.race([lines.question(question), gone])), gone])
  } finally {
    lines.close()
  }
}
