import type { FastifyRequest } from 'fastify'
import { safeFileName } from '../../ledgers/file-name.ts'
import { ApiError } from '../http/errors.ts'

const MB = 1024 * 1024

export type ReceivedFile = { name: string; content: Buffer; fields: ReadonlyMap<string, unknown> }

/** The one file of a multipart request, in memory, and the fields beside it. @throws ApiError 413, 415 or 422 */
export async function receiveFile(request: FastifyRequest, most: number): Promise<ReceivedFile> {
  if (!request.isMultipart())
    throw new ApiError(415, 'not-multipart', '请用 multipart/form-data 上传,文件放在 file 字段。')
  let file: Omit<ReceivedFile, 'fields'> | null = null
  const fields = new Map<string, unknown>()
  for await (const part of request.parts({ limits: { fileSize: most, files: 1, fields: 5 } })) {
    if (part.type === 'field') {
      fields.set(part.fieldname, part.value)
      continue
    }
    if (part.fieldname !== 'file') {
      part.file.resume()
      continue
    }
    const chunks: Buffer[] = []
    for await (const chunk of part.file) chunks.push(chunk as Buffer)
    if (part.file.truncated) throw tooLarge(most)
    file = { name: safeFileName(part.filename, '未命名'), content: Buffer.concat(chunks) }
  }
  if (file) return { ...file, fields }
  throw new ApiError(422, 'no-file', '没有收到文件:请把文件放在 file 字段。', [
    { pointer: '/body/file', message: '缺少文件' },
  ])
}

function tooLarge(most: number): ApiError {
  const limit = `${Math.floor(most / MB)} MB`
  return new ApiError(413, 'too-large', `文件超过 ${limit}。请压缩或拆成几份后再上传。`)
}
