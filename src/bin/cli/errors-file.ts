import { writeFile } from 'node:fs/promises'
import { parse as parsePath } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Service } from './service.ts'

/** How many rows were written where, and whether they are the rows themselves. */
export type WrittenErrors = { errorsFile: string; written: number; mendable: boolean }

/** Writes the rows that were not registered. A file that is there already may be half mended, so it stays and another name is taken. */
export async function writeErrors(
  service: Service,
  { id }: { id: string },
  path: string,
): Promise<WrittenErrors> {
  const list = await service.text(`/v1/imports/${id}/errors.csv`)
  // The mark is lost when an answer is read as text; without it a spreadsheet shows no Chinese.
  const errorsFile = await writeNew(path, `\uFEFF${list.replace(/^\uFEFF/, '')}`)
  const [head = [], ...rows]: string[][] = parse(list, {
    ...{ bom: true, record_delimiter: '\r\n', relax_column_count: true },
  })
  return { errorsFile, written: rows.length, mendable: head.includes('问题') }
}

/** @returns the name it was written under: `退回行.csv`, else `退回行-2.csv` and so on */
async function writeNew(path: string, text: string): Promise<string> {
  const { dir, name, ext } = parsePath(path)
  for (let n = 1; ; n++) {
    const free = n === 1 ? path : `${dir === '' ? '' : `${dir}/`}${name}-${n}${ext}`
    const written = await writeFile(free, text, { mode: 0o600, flag: 'wx' }).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error
        return false
      },
    )
    if (written) return free
  }
}
