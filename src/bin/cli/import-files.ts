import { basename } from 'node:path'
import { commandLine, commandLineFor } from './called-as.ts'
import { CliError } from './cli-error.ts'
import { filesTotal } from './files-total.ts'
import { type ImportOptions, saidIn } from './import-options.ts'
import { finishImport, asksToRegister, type Person } from './finish-import.ts'
import { followImport, mustBeFile, uploadFile } from './import-steps.ts'
import type { MappedOutcome } from './mapping-asked.ts'
import type { Service } from './service.ts'
import { changesIn, type SheetsOfRun } from './tell-import.ts'
import { asking } from './terminal.ts'

/** A file to import, and the sheet of it that is meant. */
type Job = { file: string; sheet?: string | undefined; n: number }

/** Whether somebody is there to answer. */
export function isAtTerminal({ json }: ImportOptions): boolean {
  return !json && process.stdin.isTTY && process.stderr.isTTY
}

/** Works with whoever sits at the terminal; with nobody where there is none. */
export function withPerson<T>(
  options: ImportOptions,
  left: () => string,
  work: (person: Person | null) => Promise<T>,
): Promise<T> {
  if (!isAtTerminal(options)) return work(null)
  const { stdin: input, stderr: output } = process
  const say = (line: string) => void output.write(`${line}\n`)
  return asking({ input, output, left }, (ask) => work({ ask, say, choices: {} }))
}

/** Imports one file after the other: each is checked, shown, and registered where that is wanted. @throws CliError */
export async function importFiles(
  service: Service,
  files: readonly string[],
  options: ImportOptions,
): Promise<void> {
  if (files.length === 0) throw new CliError(`要导入哪个文件?例如:${commandLine('import 预警.csv')}`)
  for (const file of files) await mustBeFile(file)
  const [first, ...rest] = options.sheet ?? []
  const jobs = files.flatMap((file, i): Job[] => [first, ...rest].map((sheet) => ({ file, sheet, n: i + 1 })))
  const tables: Record<string, string> = {}
  const ended: { job: Job; done: MappedOutcome | null }[] = []
  await withPerson(
    options,
    () => leftWords(ended.at(-1)?.done, options),
    async (person) => {
      if (person) Object.assign(person.choices, { several: jobs.length > 1, tables })
      for (let job = jobs.shift(); job; job = jobs.shift()) {
        const { file, n } = job
        if (!options.json && ended.length + jobs.length > 0)
          console.log(titleOf(job, ended.length === 0, files.length))
        const others = (sheets: string[]) => {
          jobs.unshift(...sheets.map((sheet) => ({ file, sheet, n })))
          if (person) person.choices.several = true
        }
        const besides = () => ({
          read: ended.filter((one) => one.job.n === n).flatMap(({ done }) => done?.sheet ?? []),
          next: jobs.filter((next) => next.n === n).flatMap(({ sheet }) => sheet ?? []),
        })
        const here = { done: null, job }
        ended.push(here)
        const keep = (done: MappedOutcome) => void Object.assign(here, { done })
        await orTold(jobs.length + ended.length > 1, () =>
          importOne(service, job, options, { person, others, keep, besides }),
        )
      }
    },
  )
  if (options.json || ended.length <= 1) return
  const total: Parameters<typeof filesTotal>[0][number][] = []
  for (const { job, done } of ended)
    total.push({
      name: nameOf({ ...job, sheet: done?.sheet ?? job.sheet }),
      done,
      table: done === null ? undefined : tables[done.id],
      changes: done === null ? undefined : (await changesIn(service, done))?.changes,
    })
  console.log(filesTotal(total, commandLineFor(options.data), files.length))
}

type Around = {
  person: Person | null
  /** Takes the other sheets of a workbook. */ others: (sheets: string[]) => void
  /** Is given how far it came. */ keep: (done: MappedOutcome) => void
  /** The other sheets of the workbook in this run. */ besides: () => SheetsOfRun
}

async function importOne(
  service: Service,
  { file, sheet }: Job,
  options: ImportOptions,
  { person, others, keep, besides }: Around,
): Promise<void> {
  const said = saidIn(options, sheet)
  const wishes = asksToRegister(options, person) ? { ...options, dryRun: true } : options
  const started = await followImport(service, await uploadFile(service, file, wishes, said), !options.json)
  keep(started)
  await finishImport(service, started, options, { file, said, person, others, keep, besides })
}

/** Of several files one that cannot be taken keeps the others from nothing. */
async function orTold(several: boolean, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!several || !(error instanceof CliError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

/** Sheets of one workbook have the number of their file: however many there are, the count stays. */
function titleOf(job: Job, isFirst: boolean, files: number): string {
  return `${isFirst ? '' : '\n'}── ${job.n}/${files} ${nameOf(job)} ──`
}

function nameOf({ file, sheet }: Omit<Job, 'n'>): string {
  return sheet === undefined ? basename(file) : `${basename(file)}(表“${sheet}”)`
}

function leftWords(done: MappedOutcome | null | undefined, { data }: ImportOptions): string {
  const command = commandLineFor(data)
  if (done?.state === 'mapping-needed')
    return `没有登记任何一行。接着来:${command(`import --continue ${done.id}`)}`
  return done?.state === 'validated'
    ? `没有登记。以后登记:${command(`import --apply ${done.id}`)}`
    : '停下了。'
}
