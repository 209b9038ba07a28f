import { idParams, pageOf, problems, secured } from '../../contract/api/common.ts'
import { deadline, deadlineDetail, deadlineQuery } from '../../contract/api/mails.ts'
import {
  type DeadlineListRow,
  deadlineListRow,
  listDeadlines,
  toldOf,
} from '../../services/deadlines/queries.ts'
import { deadlineById, type FiringRow, firingsOf } from '../../services/deadlines/store.ts'
import { contextOf } from '../../services/deadlines/plan-context.ts'
import { momentLabel } from '../../domain/escalation/moment-label.ts'
import { planMoments } from '../../domain/escalation/moments.ts'
import { notFound } from '../http/errors.ts'
import { asOfOf } from '../plugins/actor.ts'
import { decodeCursor, pageFrom } from '../plugins/cursor.ts'
import { iso, isoOrNull } from '../obligations/present.ts'
import type { Routes } from '../http/route-types.ts'

const tags = ['时限']

export function deadlineRoutes(app: Routes): void {
  app.get(
    '/deadlines',
    {
      config: { permission: 'deadlines:read' },
      schema: {
        tags,
        operationId: 'listDeadlines',
        summary: '正在盯住的期限',
        description:
          '一个期限是一个单位在同一时刻、按同一规则要办结的同一类、同一等级的全部事项;规则要求单独盯的(示例中的红色预警)一件一个。按到期时间排列。',
        ...secured,
        querystring: deadlineQuery,
        response: { 200: pageOf(deadline), ...problems },
      },
    },
    async (request) => {
      const { cursor, limit, ...search } = request.query
      const found = await listDeadlines(request.db, search, { after: decodeCursor(cursor), limit: limit + 1 })
      return pageFrom(found, limit, (row) => ({ at: row.dueAt, id: row.id }), show)
    },
  )

  app.get(
    '/deadlines/:id',
    {
      config: { permission: 'deadlines:read' },
      schema: {
        tags,
        operationId: 'getDeadline',
        summary: '一个期限的提醒和督办',
        description: '接下来会提醒谁、什么时候;已经发生的,通知了谁、邮件到了没有。',
        ...secured,
        params: idParams,
        response: { 200: deadlineDetail, ...problems },
      },
    },
    async (request) => {
      const { db } = request
      const { id } = request.params
      const listed = await deadlineListRow(db, id)
      const found = await deadlineById(db, id)
      if (!listed || !found) throw notFound('时限')
      const fired = await firingsOf(db, id)
      const plan = planMoments({ ...(await contextOf(db, found)), fired, now: asOfOf(request).now })
      const told = await toldOf(db, id)
      return {
        ...show(listed),
        planned:
          listed.open === 0
            ? []
            : plan.upcoming.map((m) => ({ name: m.name, label: momentLabel(m.form), at: iso(m.at) })),
        fired: fired.map((f) => ({
          ...showFiring(f),
          told: told.filter((t) => t.moment === f.moment),
        })),
      }
    },
  )
}

function show(row: DeadlineListRow) {
  return {
    id: row.id,
    office: { code: row.officeCode, name: row.officeName },
    rule: row.rule,
    ruleLabel: row.label,
    kind: row.kind,
    level: row.level,
    stage: row.stage,
    dueAt: iso(row.dueAt),
    dueOn: row.dueOn,
    open: row.open,
    obligationId: row.obligation,
    watchedUntil: isoOrNull(row.wakeAt),
  }
}

function showFiring({ moment, form, at, firedAt, collapsedInto, openCount }: FiringRow) {
  return {
    name: moment,
    label: momentLabel(form),
    at: iso(at),
    firedAt: iso(firedAt),
    collapsedInto,
    members: openCount,
  }
}
