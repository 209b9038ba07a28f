import { answerImport } from './answer-import.ts'
import type { Ask } from './ask-mapping.ts'
import { commandLineFor } from './called-as.ts'
import type { Choices } from './choices.ts'
import type { ImportOptions } from './import-options.ts'
import type { MappedOutcome } from './mapping-asked.ts'
import type { SaidMapping } from './said-mapping.ts'
import type { Service } from './service.ts'
import { isToSettle, settleImport } from './settle-import.ts'
import { type SheetsOfRun, tellImport } from './tell-import.ts'

/** Somebody at a terminal. `choices`: what they answered before in this run. */
export type Person = { ask: Ask; say: (line: string) => void; choices: Choices }

/** Whether a file is checked first, and registered once somebody has seen what comes of it. */
export function asksToRegister({ dryRun, yes }: ImportOptions, person: Person | null): boolean {
  return person !== null && !dryRun && !yes
}

type Around = {
  person: Person | null
  said: SaidMapping
  file?: string
  /** Takes the other sheets of a workbook. */ others?: (sheets: string[]) => void
  /** Is given how far it came. */ keep?: (done: MappedOutcome) => void
  /** The sheets of the same workbook that were read in this run, and those that follow. */ besides?: () => SheetsOfRun
}

/** What follows once a file was read: what it leaves open is asked, what comes of it is told, and it is registered on a yes. */
export async function finishImport(
  service: Service,
  started: MappedOutcome,
  options: ImportOptions,
  { person, said, file, others, keep, besides }: Around,
): Promise<void> {
  const command = commandLineFor(options.data)
  const wanted = asksToRegister(options, person)
  let columnsTold = false
  const shown = () => void (columnsTold = true)
  const known = person?.choices.columns
  const read = person
    ? await answerImport(service, started, {
        ...person,
        command,
        takeMore: others,
        shown,
        asks: wanted,
        known,
      })
    : started
  keep?.(read)
  const asks = wanted && isToSettle(read)
  const again = person?.choices.told ?? false
  await tellImport(service, read, options, { file, said, asks, again, columnsTold, besides: besides?.() })
  if (!asks || !person) return
  person.choices.told = true
  const done = await settleImport(service, read, options, { ...person, file })
  if (done.state === 'applied') person.choices.columns = { ...known, ...fieldsOf(read) }
  keep?.(done)
}

/** What the columns of a file were taken for, as somebody has seen it and registered the file. */
function fieldsOf({ columns = [] }: MappedOutcome): Record<string, string> {
  return Object.fromEntries(columns.flatMap(({ name, field }) => (field === null ? [] : [[name, field]])))
}
