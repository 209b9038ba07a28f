import { z } from 'zod'
import { idParams, pageOf, pageQuery, problems, secured } from '../../contract/api/common.ts'
import { mail, mailDetail, mailQuery, notReached } from '../../contract/api/mails.ts'
import {
  listMails,
  listNotReached,
  mailById,
  type MailRow,
} from '../../services/notifications/mail-queries.ts'
import { whyOfMail } from '../../services/notifications/mail-overview.ts'
import { notFound } from '../http/errors.ts'
import { decodeCursor, pageFrom } from '../plugins/cursor.ts'
import { iso, isoOrNull } from '../obligations/present.ts'
import { whyWords } from '../obligations/mail-reason.ts'
import type { Routes } from '../http/route-types.ts'

const tags = ['邮件']

export function mailRoutes(app: Routes): void {
  app.get(
    '/mails',
    {
      config: { permission: 'mails:read' },
      schema: {
        tags,
        operationId: 'listMails',
        summary: '发出的邮件',
        description: '最新的在前,附对方邮件服务器的答复。',
        ...secured,
        querystring: mailQuery,
        response: { 200: pageOf(mail), ...problems },
      },
    },
    async (request) => {
      const { cursor, limit, ...search } = request.query
      const found = await listMails(request.db, search, { after: decodeCursor(cursor), limit: limit + 1 })
      return pageFrom(found, limit, (row) => ({ at: row.composedAt, id: row.id }), showMail)
    },
  )

  app.get(
    '/mails/:id',
    {
      config: { permission: 'mails:read' },
      schema: {
        tags,
        operationId: 'getMail',
        summary: '一封邮件',
        description: '正文、邮件头,以及为什么发给这个人。',
        ...secured,
        params: idParams,
        response: { 200: mailDetail, ...problems },
      },
    },
    async (request) => {
      const found = await mailById(request.db, request.params.id)
      if (!found) throw notFound('邮件')
      const { text, html, headers } = found
      return {
        ...showMail(found),
        text,
        html,
        headers,
        why: whyWords(await whyOfMail(request.db, found.messageId)),
      }
    },
  )

  app.get(
    '/not-reached',
    {
      config: { permission: 'mails:read' },
      schema: {
        tags,
        operationId: 'listNotReached',
        summary: '没有通知到的人',
        description: '岗位空缺或邮件退回;passedTo 是改为通知的人。',
        ...secured,
        querystring: z.strictObject(pageQuery),
        response: { 200: pageOf(notReached), ...problems },
      },
    },
    async (request) => {
      const { cursor, limit } = request.query
      const found = await listNotReached(request.db, { after: decodeCursor(cursor), limit: limit + 1 })
      return pageFrom(
        found,
        limit,
        (row) => ({ at: row.at, id: row.id }),
        ({ officeCode, officeName, at, ...rest }) => ({
          ...rest,
          office: { code: officeCode, name: officeName },
          at: iso(at),
        }),
      )
    },
  )
}

function showMail(row: MailRow): z.infer<typeof mail> {
  const { id, messageId, to, subject, state, attempts, reply } = row
  return {
    ...{ id, messageId, to, subject, state, attempts, reply },
    person: { id: row.personId, name: row.personName },
    composedAt: iso(row.composedAt),
    settledAt: isoOrNull(row.settledAt),
    roundAt: iso(row.roundAt),
  }
}
