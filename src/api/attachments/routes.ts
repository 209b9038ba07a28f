import type { FastifyRequest } from 'fastify'
import { attachmentDocuments as documents } from '../../contract/routes/attachments.ts'
import { ATTACHMENT_TYPES } from '../../domain/obligation/attachment-types.ts'
import {
  attachmentById,
  attachmentContent,
  attachmentName,
  attachmentsOf,
  obligationOfAttachment,
  removeAttachment,
} from '../../services/attachments/store.ts'
import { lockActedOn } from '../../services/obligations/acted-on.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { actorOf, notTheirs } from '../plugins/actor.ts'
import { addFile } from './add.ts'
import { mayReadFile, mayRemove, showAttachment } from './present.ts'

export function attachmentRoutes(app: Routes, deps: ApiDeps): void {
  const { keys } = deps

  route(app, documents.listAttachments, async (request) => {
    const { id } = request.params
    if (!(await obligationOfAttachment(request.db, id))) throw notFound('事项')
    const found = await attachmentsOf(request.db, id)
    const actor = actorOf(request)
    return { items: found.map((row) => showAttachment(row, keys, actor)), nextCursor: null }
  })

  route(app, documents.addAttachment, async (request, reply) => {
    const id = await addFile(request, deps)
    const row = await attachmentById(request.db, id)
    if (!row) throw notFound('附件')
    // Kept under the Idempotency-Key in the clear, the answer has no name; whoever sent it knows it.
    return reply
      .code(201)
      .header('location', `/v1/attachments/${id}`)
      .send({ ...showAttachment(row, keys, actorOf(request)), name: null })
  })

  route(app, documents.getAttachment, async (request, reply) => {
    const { name, media, content } = await readFile(request, deps)
    const ending = /\.\w+$/.exec(name)?.[0] ?? ''
    return reply
      .type(media)
      .header(
        'content-disposition',
        `attachment; filename="attachment${ending}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      )
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cache-control', 'no-store')
      .send(content)
  })

  route(app, documents.removeAttachment, async (request, reply) => {
    await request.db.transaction(async (tx, note) => {
      const { id } = request.params
      note.action = 'attachment.remove'
      note.subject = id
      const row = await attachmentById(tx, id)
      if (!row) throw notFound('附件')
      note.county = row.county
      note.detail = { obligation: row.obligation }
      // Whoever hands it in at this moment names its files: none of them may go meanwhile.
      await lockActedOn(tx, row.obligation)
      if (!mayRemove(row, actorOf(request))) throw row.handedInAt === null ? notTheUploader() : handedIn()
      if (!(await removeAttachment(tx, id))) throw handedIn()
    })
    return reply.code(204).send(null)
  })
}

function handedIn(): ApiError {
  return new ApiError(409, 'handed-in', '这份附件已随提交上报,留作依据,不能删除。')
}

function notTheUploader(): ApiError {
  return new ApiError(403, 'forbidden', '这份附件不是您上传的,请找上传的人删除。')
}

/** Reads a file, with an entry in the trail. @throws ApiError 403, 404 or 409 */
function readFile(request: FastifyRequest<{ Params: { id: string } }>, { keys }: ApiDeps) {
  const { id } = request.params
  return request.db.transaction(async (tx, note) => {
    note.action = 'attachment.read'
    note.subject = id
    const row = await attachmentById(tx, id)
    if (!row) throw notFound('附件')
    note.county = row.county
    note.detail = { obligation: row.obligation }
    if (!mayReadFile(row, actorOf(request))) throw notTheirs()
    const name = attachmentName(keys, row)
    const content = await attachmentContent(tx, keys, row)
    if (name === null || content === null)
      throw new ApiError(409, 'anonymised', '这份附件的保存期已满,内容已经删除,只留下记录。')
    return { name, content, media: ATTACHMENT_TYPES[row.type].media }
  })
}
