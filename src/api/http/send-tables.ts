import type { FastifyReply } from 'fastify'
import type { FileTable } from '../../ledgers/file-table.ts'
import { tableCsv } from '../../ledgers/table-csv.ts'
import { tableWorkbook } from '../../ledgers/table-workbook.ts'

export const FILE_TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const
export type FileFormat = keyof typeof FILE_TYPES

/**
 * Sends tables as a file that the browser saves under a Chinese name: all of them as sheets of a workbook, or the first as text.
 * `plain` is the name for whoever reads ASCII alone.
 */
export async function sendTables(
  reply: FastifyReply,
  { name, plain, format }: { name: string; plain: string; format: FileFormat },
  tables: readonly [FileTable, ...FileTable[]],
): Promise<FastifyReply> {
  return asDownload(reply, { name: `${name}.${format}`, plain: `${plain}.${format}` })
    .type(FILE_TYPES[format])
    .send(format === 'csv' ? tableCsv(tables[0]) : await tableWorkbook(tables))
}

/** Says that an answer is a file, by both its names, and that nobody on the way keeps it. */
export function asDownload(
  reply: FastifyReply,
  { name, plain }: { name: string; plain: string },
): FastifyReply {
  return reply
    .header(
      'content-disposition',
      `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    )
    .header('cache-control', 'no-store')
}
