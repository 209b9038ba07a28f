import type { FastifyRequest } from 'fastify'
import { MappingNeeded } from '../../ledgers/mapping.ts'
import type { ListFault } from '../../ledgers/read-list.ts'
import { FileRefused } from '../../ledgers/refusals.ts'
import { receiveFile, type ReceivedFile } from '../attachments/receive.ts'
import { ApiError } from './errors.ts'

const MOST_BYTES = 20 * 1024 * 1024
/** So many faults are told; a file with more is wrong as a whole. */
const MOST_FAULTS = 500

/** The list of a request, in memory. @throws ApiError 413, 415 or 422 */
export function receiveList(request: FastifyRequest): Promise<ReceivedFile> {
  return receiveFile(request, MOST_BYTES)
}

/** The content of a file as a reader takes it, as often as it asks. */
export function chunksOf(content: Buffer): () => AsyncGenerator<Buffer> {
  return async function* chunks() {
    yield content
  }
}

/** @param what the list that was to be read, for the refusal of a workbook with several. @throws ApiError 422 in the words of the reader */
export async function readOrRefuse<T>(what: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof FileRefused) throw badFile(error.message)
    if (error instanceof MappingNeeded)
      throw badFile(`工作簿里有几张表都像${what},请只留下要登记的那一张后再上传。`)
    throw error
  }
}

export function badFile(message: string): ApiError {
  return new ApiError(422, 'bad-file', message, [{ pointer: '/body/file', message }])
}

/** The faults of a list as they are told, and how many rows have any. */
export function faultsOf(faults: readonly ListFault[]): { bad: number; faults: ListFault[] } {
  return { bad: new Set(faults.map(({ row }) => row)).size, faults: faults.slice(0, MOST_FAULTS) }
}

/** Whether the rows are to be registered: all of them, or the good ones where that is asked for. */
export function isToRegister(
  { dryRun = true, keepGood = false }: { dryRun?: boolean | undefined; keepGood?: boolean | undefined },
  { rows, faults }: { rows: readonly unknown[]; faults: readonly unknown[] },
): boolean {
  return !dryRun && rows.length > 0 && (keepGood || faults.length === 0)
}
