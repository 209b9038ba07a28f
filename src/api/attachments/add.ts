import type { FastifyRequest } from 'fastify'
import { actsOnBehalfOf, refusalFor } from '../../domain/obligation/action-rights.ts'
import { attachmentRefusal, attachmentTypeOf } from '../../domain/obligation/attachment-types.ts'
import { refusalInState } from '../../domain/obligation/lifecycle.ts'
import {
  addAttachment,
  countAttachments,
  MOST_ATTACHMENTS,
  obligationOfAttachment,
} from '../../services/attachments/store.ts'
import { lockActedOn, obligationStateOf } from '../../services/obligations/acted-on.ts'
import type { Sql } from '../../db/pool.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import { receiveFile } from './receive.ts'

/** Keeps the one file of a request with its obligation. @returns its id. @throws ApiError */
export async function addFile(
  request: FastifyRequest<{ Params: { id: string } }>,
  { keys, attachmentBytes }: ApiDeps,
): Promise<string> {
  const { id: obligation } = request.params
  // Whoever does not see the obligation is told so before anything is read.
  if (!(await obligationOfAttachment(request.db, obligation))) throw notFound('事项')
  const { name, content } = await receiveFile(request, attachmentBytes)
  const refusal = attachmentRefusal(name, content)
  if (refusal !== null) throw badFile(refusal)
  const type = attachmentTypeOf(content)!
  return request.db.transaction(async (tx, note) => {
    note.action = 'attachment.add'
    note.subject = obligation
    const { county, behalf } = await mustBePerforming(request, tx, obligation)
    note.county = county
    note.behalf = behalf
    if ((await countAttachments(tx, obligation)) >= MOST_ATTACHMENTS)
      throw new ApiError(
        422,
        'too-many',
        `一件事项最多 ${MOST_ATTACHMENTS} 份附件,请合并后再上传。`,
        [],
        {},
        { most: MOST_ATTACHMENTS },
      )
    const by = actorOf(request).id
    const id = await addAttachment(tx, keys, {
      ...{ obligation, county, name, type, content, by },
      now: asOfOf(request).now,
    })
    if (id === null) throw new ApiError(409, 'exists', '这件事项已经有这个文件,内容完全相同,不必再次上传。')
    note.detail = { attachment: id, type, bytes: content.length }
    return id
  })
}

/** Evidence is added by whoever may hand it in, while it may be handed in. @returns the county, and in whose place they do it */
async function mustBePerforming(
  request: FastifyRequest,
  tx: Sql,
  id: string,
): Promise<{ county: string; behalf: string | null }> {
  const locked = await lockActedOn(tx, id)
  if (!locked) throw notFound('事项')
  const state = obligationStateOf(locked)
  const theirs = refusalFor(actorOf(request), 'submit', state)
  if (theirs) throw new ApiError(theirs.refused === 'forbidden' ? 403 : 409, theirs, theirs.message)
  const late = refusalInState(state, 'submit', asOfOf(request).now)
  if (late) throw new ApiError(409, late, '附件只能在提交以前上传;已提交的,请复核单位退回后再补充。')
  return { county: locked.county, behalf: actsOnBehalfOf(actorOf(request), 'submit', state) }
}

function badFile(message: string): ApiError {
  return new ApiError(422, 'bad-file', message, [{ pointer: '/body/file', message }])
}
