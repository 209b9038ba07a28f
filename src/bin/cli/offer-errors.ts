import { dirname, join, parse as parsePath, resolve } from 'node:path'
import type { Ask } from './ask-mapping.ts'
import { askNumber } from './ask-number.ts'
import { commandLineFor } from './called-as.ts'
import type { Choices } from './choices.ts'
import { writeErrors, type WrittenErrors } from './errors-file.ts'
import type { ImportOptions } from './import-options.ts'
import type { MappedOutcome } from './mapping-asked.ts'
import { mendWords, OPEN_SAFELY, returnedRows } from './refused-words.ts'
import type { Service } from './service.ts'

type Around = { ask: Ask; choices: Choices; file?: string | undefined }

/** Asks once in a run whether the rows that were not registered are written down, and writes them beside their file. */
export async function offerErrors(
  service: Service,
  done: MappedOutcome,
  { data, silent }: ImportOptions,
  { ask, choices, file }: Around,
): Promise<void> {
  const { refused, filename, id } = done
  const command = commandLineFor(data)
  const toMend = refused - returnedRows(done)
  const path = join(
    file === undefined ? resolve() : dirname(resolve(file)),
    `${parsePath(filename).name}-退回行.csv`,
  )
  if (toMend <= 0) console.log(`没有登记的 ${refused} 行请退回平台,不用改。`)
  if (toMend <= 0 && choices.errors === undefined)
    return console.log(`要写成表的:${command(`import --continue ${id} --errors 退回行.csv`)}`)
  const isFirst = choices.errors === undefined
  choices.errors ??= (await askNumber(ask, question(done, choices), [`写到 ${path}`, '不写'])) === 0
  if (!choices.errors) return
  const written = await writeBeside(service, done, path)
  if (choices.tables) choices.tables[id] = written.errorsFile
  if (!choices.several)
    return console.log(
      mendWords({ ...written, command }, { ...done, silent: silent ?? done.silent }).join('\n'),
    )
  console.log(
    toMend <= 0 ? `表在 ${written.errorsFile}` : `没有登记的 ${written.written} 行在 ${written.errorsFile}`,
  )
  if (isFirst) console.log(OPEN_SAFELY)
}

function question(done: MappedOutcome, { several }: Choices): string {
  const returned = returnedRows(done)
  const some = returned === 0 ? '' : `(其中 ${returned} 行请退回平台,不用改)`
  return `没有登记的 ${done.refused} 行${some},写成表去改?${several ? '(后面的文件也照这样)' : ''}`
}

/** Where the folder of the file cannot be written to, the table goes where the command was typed. */
async function writeBeside(service: Service, done: MappedOutcome, path: string): Promise<WrittenErrors> {
  try {
    return await writeErrors(service, done, path)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    const here = resolve(parsePath(path).base)
    if (!['EACCES', 'EPERM', 'EROFS'].includes(code) || here === path) throw error
    return writeErrors(service, done, here)
  }
}
