import {
  type DeadlineListRow,
  deadlineListRow,
  listDeadlines,
  toldOf,
} from '../../services/deadlines/queries.ts'
import { deadlineById, type FiringRow, firingsOf } from '../../services/deadlines/store.ts'
import { contextOf } from '../../services/deadlines/plan-context.ts'
import { momentLabel } from '../../domain/escalation/moment-label.ts'
import { dayOf } from '../../domain/time/days.ts'
import { isProvisional } from '../../domain/time/provisional.ts'
import { planMoments } from '../../domain/escalation/moments.ts'
import { notFound } from '../http/errors.ts'
import { asOfOf } from '../plugins/actor.ts'
import { decodeCursor, pageFrom } from '../plugins/cursor.ts'
import { iso, isoOrNull } from '../obligations/present.ts'
import { deadlineDocuments as documents } from '../../contract/routes/deadlines.ts'
import { type HandlerOf, route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'

export function deadlineRoutes(app: Routes): void {
  route(app, documents.listDeadlines, async (request) => {
    const { cursor, limit, ...search } = request.query
    const found = await listDeadlines(request.db, search, { after: decodeCursor(cursor), limit: limit + 1 })
    return pageFrom(found, limit, (row) => ({ at: row.dueAt, id: row.id }), show)
  })

  route(app, documents.getDeadline, handleGetDeadline)
}

const handleGetDeadline: HandlerOf<typeof documents.getDeadline> = async (request) => {
  const { db } = request
  const { id } = request.params
  const listed = await deadlineListRow(db, id)
  const found = await deadlineById(db, id)
  if (!listed || !found) throw notFound('时限')
  const fired = await firingsOf(db, id)
  const context = await contextOf(db, found)
  const plan = planMoments({ ...context, fired, now: asOfOf(request).now })
  const told = await toldOf(db, id)
  return {
    ...show(listed),
    planned:
      listed.open === 0
        ? []
        : plan.upcoming.map((m) => ({
            ...{ name: m.name, label: momentLabel(m.form), at: iso(m.at) },
            provisional: isProvisional(dayOf(m.at), context.calendar),
          })),
    fired: fired.map((f) => ({
      ...showFiring(f),
      told: told.filter((t) => t.moment === f.moment),
    })),
  }
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
