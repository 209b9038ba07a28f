import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { standingCheck } from '../../contract/api/overview.ts'
import { currentHolds, HOLD_WORDS, type HoldState } from '../../services/notifications/mail-holds.ts'
import { findUntold } from '../../services/accounting/unaccounted.ts'
import { countRoster, type RosterCount } from '../../services/roster/reach.ts'
import { countPokes } from '../../services/watching/pokes.ts'
import { missingYearWords } from '../../domain/time/missing-year.ts'
import { countProvisional, readMissingYear } from '../../services/schedule/missing-year.ts'
import { UNACCOUNTED_LABELS } from '../../domain/escalation/standing-check.ts'
import { sectionsFor } from '../../domain/people/home-sections.ts'
import { type Actor, mayIn } from '../../domain/people/permissions.ts'
import type { ApiDeps } from '../http/deps.ts'
import { iso } from '../obligations/present.ts'
import type { ReferenceData } from '../obligations/reference-data.ts'
import { calendarPart } from '../operations/calendar-part.ts'
import { actorOf } from '../plugins/actor.ts'
import { sumOf } from '../roster/present.ts'

type StandingCheck = z.infer<typeof standingCheck>

/** Whether everything open is watched; and what of the service needs somebody. */
export async function readStandingCheck(
  request: FastifyRequest,
  deps: Pick<ApiDeps, 'gap' | 'parts' | 'temporalUi'>,
  known: ReferenceData,
): Promise<StandingCheck> {
  const actor = actorOf(request)
  const unwatched = deps.gap()
  return {
    ...wordsOf(unwatched),
    unwatched,
    calendar: await calendarOf(request, actor, known),
    roster: rosterOf(await countRoster(request.db, {})),
    accounts: await accountsOf(request, actor, known),
    pendingPokes: await countPokes(request.db),
    parts: await partsFor(request, actor, deps, known),
    holds: (await currentHolds(request.db))
      .filter(({ county }) => actor.scope.counties.includes(county))
      .map((hold) => showHold(hold, actor)),
    temporalUi: sectionsFor(actor).includes('parts') ? deps.temporalUi() : null,
  }
}

function wordsOf(gap: number | null): Pick<StandingCheck, 'state' | 'message'> {
  if (gap === null) return { state: 'not-run', message: '常态核查尚未运行。' }
  if (gap > 0) return { state: 'watched-again', message: `常态核查:${gap} 项一度无人盯,已重新盯上。` }
  return { state: 'all-watched', message: '常态核查:全部在办事项均有人盯、有时限。' }
}

/** From September on, whoever oversees a county sees that next year's calendar is missing, and how much rests on it. */
async function calendarOf(
  { db }: FastifyRequest,
  actor: Actor,
  { calendar, now }: ReferenceData,
): Promise<StandingCheck['calendar']> {
  const missing = await readMissingYear(db, calendar, now)
  const provisional = await countProvisional(db, null)
  if (missing === null && provisional === 0) return null
  const message =
    missing === null
      ? `有 ${provisional} 件在办事项的限时还是暂定的,请在“工作日历”页按现在的日历重算。`
      : missingYearWords(missing, provisional, sectionsFor(actor).includes('parts'))
  return { coveredTo: calendar.coverage.to, missingYear: missing, provisional, message }
}

/** Whether every household of the roster is covered, reached or owed (R20). */
function rosterOf(counts: readonly RosterCount[]): StandingCheck['roster'] {
  if (counts.length === 0) return null
  const sum = sumOf(counts)
  const { covered, reached, owed, unreached } = sum
  const told = `名册 ${sum.total} 户:已纳入保障 ${covered} 户,已到户 ${reached} 户,应由排查到户的 ${owed} 户`
  const message =
    unreached === 0 ? `${told},没有遗漏。` : `${told},还有 ${unreached} 户没有任何工作到户,请安排排查或登记。`
  return { ...sum, message }
}

/** What of each county is left without an account, for whoever sees the county whole: others would read their part as the whole. */
async function accountsOf(request: FastifyRequest, { scope }: Actor, { now }: ReferenceData) {
  const whole = scope.counties.filter((county) => scope.offices.includes(county))
  const accounts: StandingCheck['accounts'] = []
  for (const county of whole) {
    const left = await findUntold(request.db, county, now)
    const items = left.map(({ code, count }) => ({ code, label: UNACCOUNTED_LABELS[code], count }))
    const told = items.map(({ label, count }) => `${label} ${count}`).join(';')
    const message = told === '' ? '导入的行、告知、邮件、督办和比对命中都有交代。' : `还没有交代:${told}。`
    accounts.push({ county, message, items })
  }
  return accounts
}

/** Everybody is told of a part that is not ready; who keeps the system sees all of them. */
async function partsFor(
  request: FastifyRequest,
  actor: Actor,
  deps: Pick<ApiDeps, 'parts'>,
  { calendar, now }: ReferenceData,
): Promise<StandingCheck['parts']> {
  const keeps = sectionsFor(actor).includes('parts')
  const running = await deps.parts()
  const parts = keeps ? [...running, await calendarPart(request.db, calendar, now)] : running
  if (!keeps && parts.every(({ state }) => state === 'ready')) return []
  return parts.map(({ name, mode, state, detail, attention, progress }) => ({
    ...{ name, mode, state, attention: attention ?? false },
    detail: progress?.message ?? detail ?? null,
  }))
}

function showHold({ county, reason, reply, since, waiting }: HoldState, actor: Actor) {
  const mayRetry = mayIn(actor, 'mails:manage', county)
  return {
    ...{ county, reason, label: HOLD_WORDS[reason], since: iso(since), waiting },
    ...{ mayRetry, reply: mayRetry ? reply : null },
  }
}
