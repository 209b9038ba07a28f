import { type ChangeCounts, countChanges } from './change-counts.ts'
import { commandLineFor } from './called-as.ts'
import { writeErrors } from './errors-file.ts'
import type { ShownChange } from './import-changes.ts'
import type { ImportOptions } from './import-options.ts'
import { printWithdrawals } from './import-withdrawals.ts'
import { importWords } from './import-words.ts'
import type { MappedOutcome } from './mapping-asked.ts'
import { askedWords, notUnderstoodWords } from './mapping-words.ts'
import { nextWords } from './next-words.ts'
import { recognisedLines } from './recognised-lines.ts'
import type { SaidMapping } from './said-mapping.ts'
import { pagesOf, type Service } from './service.ts'

/** What is known of an import besides its outcome. `asks`: what comes next is asked for, so that no command for it is printed. */
export type Telling = { file?: string | undefined; said: SaidMapping; asks?: boolean }

/** Prints what an import came to, and sets the exit code. */
export async function tellImport(
  service: Service,
  done: MappedOutcome,
  options: ImportOptions,
  telling: Telling,
): Promise<void> {
  const waits = done.state === 'mapping-needed'
  const written = options.errors && !waits ? await writeErrors(service, done, options.errors) : null
  const command = commandLineFor(options.data)
  const changes = options.json ? undefined : await changesIn(service, done)
  if (options.json) console.log(JSON.stringify(done))
  else if (waits) console.log(askedWords(done, command, telling.file))
  else console.log(toldWords(done, { ...written, command, changes }, telling).join('\n'))
  if (!options.json) await printWithdrawals(service, done, command)
  if (done.problem || !['applied', 'validated', 'undone'].includes(done.state)) process.exitCode = 1
}

/** The counts first, then how the file was read, then what is left. */
export function toldWords(
  done: MappedOutcome,
  setting: Parameters<typeof importWords>[1],
  { file, said, asks = false }: Telling,
): string[] {
  const { command, changes } = setting
  const [counts = '', ...rest] = importWords(done, { ...setting, asks }).split('\n')
  const notUnderstood = notUnderstoodWords(done, file, command)
  // A long name is told once: where the file's command stands already, the options alone are told.
  const named = file !== undefined && notUnderstood.some((line) => line.includes(file)) ? undefined : file
  return [
    counts,
    ...(done.state === 'undone' ? [] : done.notes),
    ...recognisedLines(done),
    ...rest,
    ...notUnderstood,
    ...(asks ? [] : nextWords(done, said, named, command, changes)),
  ]
}

/** Where the rows stand that came again changed; nothing where none did. */
export async function changesIn(service: Service, done: MappedOutcome): Promise<ChangeCounts | undefined> {
  if (done.changed === 0 || !['applied', 'validated'].includes(done.state)) return undefined
  return countChanges(await pagesOf<ShownChange>(service, `/v1/imports/${done.id}/changes`))
}
