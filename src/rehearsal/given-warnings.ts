import { readFile } from 'node:fs/promises'
import type { RehearsalOptions } from './types.ts'
import { RehearsalRefused } from './rehearsal-refused.ts'
import { ISSUED_COLUMN, NUMBER_COLUMN, readWarningsFile } from './warnings-file.ts'

/**
 * The bytes of the file to rehearse with. A year without a warning would end clean without having tried anything.
 * @throws RehearsalRefused when there is no such file, its header is not understood, or no row was issued in the year
 */
export async function readGivenWarnings(options: Pick<RehearsalOptions, 'warningsFile' | 'year'>) {
  const { warningsFile: path, year } = options
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new RehearsalRefused(`读不到预警文件 ${path}(${error.code})。请用 --warnings 指明平台导出的文件。`)
  })
  const { columns, rows } = readWarningsFile(bytes)
  const missing = [NUMBER_COLUMN, ISSUED_COLUMN].filter((column) => !columns.includes(column))
  if (missing.length > 0)
    throw new RehearsalRefused(
      `${path} 的表头没有“${missing.join('”“')}”。请把第一行的列名改成平台导出的原名后再演练。`,
    )
  if (!rows.some((row) => row.externalId !== '' && row.issuedOn?.startsWith(`${year}-`)))
    throw new RehearsalRefused(
      `${path} 里没有一条 ${year} 年发布的预警(共 ${rows.length} 行)。请换文件,或用 --year 指明它的年份。`,
    )
  return bytes
}
