import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { lackedFields, mappedColumns, mappedWords } from '../../contract/api/import-requests.ts'
import { pointerToken } from '../../domain/json-pointer.ts'
import { newId } from '../../db/ids.ts'
import { addChunk } from '../../services/imports/staging.ts'
import type { Sql } from '../../db/pool.ts'
import { chunkContext } from '../../services/vault/encryption-context.ts'
import {
  reencrypt,
  type EncryptedValue,
  encryptBytes,
  type Keyring,
} from '../../services/vault/encryption.ts'
import type { GivenMapping } from '../../ledgers/given-mapping.ts'
import { safeFileName } from '../../ledgers/file-name.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError } from '../http/errors.ts'

/** Of the multipart parser. A file is at most 64 MB. */
export const UPLOAD_LIMITS = { fileSize: 64 * 1024 * 1024, files: 1, fields: 5, fieldSize: 64 * 1024 }
/** The names of tables. What a file is, its bytes tell (ledgers/file-kind.ts). */
const SHEET_NAME = /\.(xlsx|xlsm|xls|et|csv|tsv|txt)$/i
const NOT_A_SHEET =
  '只接受 .xlsx、.xls、.csv、.tsv、.txt 表格文件。请从平台重新导出 Excel 或 CSV,不要把别的文件打开再另存:身份证号会丢掉末几位。'
const BESIDE_THE_FILE: readonly string[] = ['sheet', 'columns', 'words', 'without']
const CHUNK_BYTES = 256 * 1024

export type Upload = {
  id: string
  filename: string
  bytes: number
  /** What came with it of its columns and words. */
  given: GivenMapping
  attach(tx: Sql): Promise<void>
}
type ReceivedFile = Omit<Upload, 'given'>

/**
 * Receives the one file of a multipart request, and what is said of its columns and words, in whatever order.
 * @throws ApiError 415; 422; 413 for a file or a field beside it that is too large
 */
export async function receiveUpload(request: FastifyRequest, { keys }: ApiDeps): Promise<Upload> {
  if (!request.isMultipart())
    throw new ApiError(415, 'not-multipart', '请用 multipart/form-data 上传,文件放在 file 字段。')
  let file: ReceivedFile | null = null
  const fields = new Map<string, unknown>()
  for await (const part of request.parts()) {
    if (part.type === 'file') file = await receiveFile(part, keys)
    else if (part.valueTruncated) throw tooLong(part.fieldname)
    else fields.set(part.fieldname, part.value)
  }
  if (!file) throw noFile()
  return { ...file, given: givenIn(fields) }
}

/** Encrypts the file piece by piece, so that no plain text is stored. */
async function receiveFile(part: MultipartFile, keys: Keyring): Promise<ReceivedFile> {
  const filename = safeFileName(part.filename)
  if (part.fieldname !== 'file' || !SHEET_NAME.test(filename)) {
    part.file.resume()
    throw part.fieldname === 'file' ? badName() : noFile()
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

/** A field that was cut would be read as another one. */
function tooLong(field: string): ApiError {
  return new ApiError(413, 'too-large', '表单里有一项太长,没有登记。请只写要对应的列和词语。', [
    { pointer: `/body/${pointerToken(field)}`, message: '太长' },
  ])
}

function noFile(): ApiError {
  return new ApiError(422, 'no-file', '没有收到文件:请把表格放在 file 字段。', [
    { pointer: '/body/file', message: '缺少文件' },
  ])
}

function badName(): ApiError {
  return new ApiError(422, 'bad-name', NOT_A_SHEET, [{ pointer: '/body/file', message: NOT_A_SHEET }])
}

/** The fields beside the file. A field `dryRun` would be ignored, and the file registered against its sender's wish. */
function givenIn(fields: ReadonlyMap<string, unknown>): GivenMapping {
  const strange = [...fields.keys()].filter((name) => !BESIDE_THE_FILE.includes(name))
  if (strange.length > 0)
    throw new ApiError(
      422,
      'unknown-fields',
      '表单里只能有 file、sheet、columns、words 和 without;dryRun、silent、county 请写在地址中,例如 ?dryRun=true。',
      strange.map((name) => ({ pointer: `/body/${pointerToken(name)}`, message: '没有这个字段' })),
    )
  const sheet = fields.get('sheet')
  return {
    sheet: typeof sheet === 'string' && sheet !== '' ? sheet : undefined,
    columns: jsonField(fields, 'columns', mappedColumns),
    words: jsonField(fields, 'words', mappedWords),
    without: jsonField(fields, 'without', lackedFields),
  }
}

/** The JSON of a field; a client may have said that it is JSON, and then it has been parsed. */
function jsonField<T>(
  fields: ReadonlyMap<string, unknown>,
  name: string,
  schema: z.ZodType<T>,
): T | undefined {
  if (!fields.has(name)) return undefined
  const value = fields.get(name)
  const read = schema.safeParse(typeof value === 'string' ? parsedJson(value) : value)
  if (read.success) return read.data
  const message = `要是一个 JSON 对象,${schema.description ?? ''}`
  throw new ApiError(422, 'bad-mapping', `${name} 字段${message}。`, [{ pointer: `/body/${name}`, message }])
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The schema refuses it, and says what is wanted.
    return undefined
  }
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
