import { type ChangeCounts, countChanges } from './change-counts.ts'
import { commandLineFor } from './called-as.ts'
import { writeErrors } from './errors-file.ts'
import type { ImportOptions } from './import-options.ts'
import { printWithdrawals } from './import-withdrawals.ts'
import { importWords } from './import-words.ts'
import type { MappedOutcome } from './mapping-asked.ts'
import { askedWords } from './mapping-words.ts'
import { notUnderstoodLines, notUnderstoodWords } from './not-understood.ts'
import { nextWords } from './next-words.ts'
import { recognisedLine, recognisedLines } from './recognised-lines.ts'
import { quoted, type SaidMapping } from './said-mapping.ts'
import { pagesOf, type Service } from './service.ts'
import type { ShownChange } from './shown-change.ts'

/** What is known of an import besides its outcome. `asks`: what comes next is asked for, so that no command for it is printed. */
export type Telling = {
  file?: string | undefined
  said: SaidMapping
  asks?: boolean
  /** Whether a file of the run was told before: explanations are left out. */
  again?: boolean
  /** Whether the columns were told with the questions about them. */
  columnsTold?: boolean
  besides?: SheetsOfRun | undefined
}
/** Sheets of one workbook in a run: read before, and still to come. */
export type SheetsOfRun = { read: readonly string[]; next: readonly string[] }

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
  const found = options.json ? undefined : await changesIn(service, done)
  if (options.json) console.log(JSON.stringify(done))
  else if (waits) console.log(askedWords(done, command, telling.file))
  else console.log(toldWords(done, { ...written, command, ...found }, telling).join('\n'))
  if (!options.json) await printWithdrawals(service, done, command)
  if (done.problem || !['applied', 'validated', 'undone'].includes(done.state)) process.exitCode = 1
}

/** The counts first, then how the file was read, then what is left. */
export function toldWords(
  done: MappedOutcome,
  setting: Parameters<typeof importWords>[1],
  { file, said, asks = false, again = false, columnsTold = false, besides }: Telling,
): string[] {
  const { command, changes } = setting
  const [counts = '', ...rest] = importWords(done, { ...setting, asks, again }).split('\n')
  const notUnderstood = asks ? notUnderstoodLines(done, command) : notUnderstoodWords(done, file, command)
  // A long name is told once: where the file's command stands already, the options alone are told.
  const named = file !== undefined && notUnderstood.some((line) => line.includes(file)) ? undefined : file
  return [
    counts,
    ...(done.state === 'undone' ? [] : [...done.notes, ...otherSheetsLine(done, file, command, besides)]),
    ...(asks ? (columnsTold ? [] : recognisedLine(done, !again)) : recognisedLines(done)),
    ...rest,
    ...notUnderstood,
    ...(asks ? [] : nextWords(done, said, named, command, changes)),
  ]
}

/** Which sheets of the workbook were left out, and how they are read; nothing of those that were read or follow by themselves. */
function otherSheetsLine(
  { otherSheets = [] }: MappedOutcome,
  file: string | undefined,
  command: (args: string) => string,
  { read, next }: SheetsOfRun = { read: [], next: [] },
): string[] {
  if (next.length > 0) return [`这张以后接着读${namesOf(next)}。`]
  const left = otherSheets.filter((name) => !read.includes(name))
  if (left.length === 0) return []
  const sheets = left.map((name) => `--sheet ${quoted(name)}`).join(' ')
  return [`没有读${namesOf(left)};要读的:${command(`import ${quoted(file ?? '文件')} ${sheets}`)}`]
}

function namesOf(sheets: readonly string[]): string {
  return sheets.map((name) => `“${name}”`).join('、')
}

/** The rows that came again changed, and where they stand; nothing where none did. */
export async function changesIn(service: Service, done: MappedOutcome): Promise<CameChanged | undefined> {
  if (done.changed === 0 || !['applied', 'validated'].includes(done.state)) return undefined
  const changed = await pagesOf<ShownChange>(service, `/v1/imports/${done.id}/changes`)
  return { changes: countChanges(changed), changed }
}

export type CameChanged = { changes: ChangeCounts; changed: ShownChange[] }
