import type {} from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { newId } from '../../db/ids.ts'
import { addChunk } from '../../services/imports/staging.ts'
import type { Sql } from '../../db/pool.ts'
import { chunkContext } from '../../services/vault/encryption-context.ts'
import { reencrypt, type EncryptedValue, encryptBytes } from '../../services/vault/encryption.ts'
import { safeFileName } from '../../ledgers/file-name.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError } from '../http/errors.ts'

/** Of the multipart parser. A file is at most 64 MB. */
export const UPLOAD_LIMITS = { fileSize: 64 * 1024 * 1024, files: 1, fields: 5, fieldSize: 1000 }
/** The names of tables. What a file is, its bytes tell (ledgers/file-kind.ts). */
const SHEET_NAME = /\.(xlsx|xlsm|xls|et|csv|tsv|txt)$/i
const NOT_A_SHEET =
  '只接受 .xlsx、.xls、.csv、.tsv、.txt 表格文件。请用 Excel 或 WPS 打开,另存为“Excel 工作簿(.xlsx)”再上传。'
const CHUNK_BYTES = 256 * 1024

export type Upload = { id: string; filename: string; bytes: number; attach(tx: Sql): Promise<void> }

/**
 * Receives the one file of a multipart request and encrypts it piece by piece, so that no plain text is stored.
 * @throws ApiError 415, 422 or 413
 */
export async function receiveUpload(request: FastifyRequest, { keys }: ApiDeps): Promise<Upload> {
  if (!request.isMultipart())
    throw new ApiError(415, 'not-multipart', '请用 multipart/form-data 上传,文件放在 file 字段。')
  const part = await request.file()
  if (part && part.fieldname !== 'file') part.file.resume()
  if (!part || part.fieldname !== 'file')
    throw new ApiError(422, 'no-file', '没有收到文件:请把表格放在 file 字段。', [
      { pointer: '/body/file', message: '缺少文件' },
    ])
  const filename = safeFileName(part.filename)
  if (!SHEET_NAME.test(filename)) {
    part.file.resume()
    throw new ApiError(422, 'bad-name', NOT_A_SHEET, [{ pointer: '/body/file', message: NOT_A_SHEET }])
  }
  const id = newId('im')
  const encrypted: EncryptedValue[] = []
  let bytes = 0
  for await (const piece of equalPieces(part.file)) {
    bytes += piece.length
    encrypted.push({
      encrypted: encryptBytes(keys, chunkContext(id, encrypted.length), piece),
      keyId: keys.keyId,
    })
  }
  if (part.file.truncated)
    throw new ApiError(413, 'too-large', '文件超过 64 MB。请按乡镇或月份拆成几个文件,分别导入。')
  refuseFields(Object.keys(part.fields).filter((name) => name !== 'file'))
  return {
    id,
    filename,
    bytes,
    async attach(tx) {
      // Keys may have changed during a slow upload: it is stored under the key now in force.
      for (const [seq, chunk] of encrypted.entries())
        await addChunk(tx, id, seq, reencrypt(keys, chunkContext(id, seq), chunk))
    },
  }
}

/** A form field `dryRun` would be ignored, and the file registered against its sender's wish. */
function refuseFields(names: string[]): void {
  if (names.length > 0)
    throw new ApiError(
      422,
      'unknown-fields',
      '表单里只能有 file;dryRun、silent、county 请写在地址中,例如 ?dryRun=true。',
      names.map((name) => ({ pointer: `/body/${name}`, message: '没有这个字段' })),
    )
}

/** Cuts the stream into pieces of one size. */
async function* equalPieces(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = []
  let size = 0
  for await (const part of source) {
    waiting.push(part)
    size += part.length
    if (size < CHUNK_BYTES) continue
    const all = Buffer.concat(waiting)
    const whole = all.length - (all.length % CHUNK_BYTES)
    for (let at = 0; at < whole; at += CHUNK_BYTES) yield all.subarray(at, at + CHUNK_BYTES)
    waiting = [all.subarray(whole)]
    size = all.length - whole
  }
  if (size > 0) yield Buffer.concat(waiting)
}
