import { type Firing, isSilent, planMoments } from '../../domain/escalation/moments.ts'
import type { FiredMoment } from '../../domain/escalation/moment-schedule.ts'
import { ruleByCode, ruleFor, type Policy } from '../../domain/escalation/policy.ts'
import { resolve } from '../../domain/escalation/recipients.ts'
import { dayOf, type Instant, MS_PER_DAY } from '../../domain/time/days.ts'
import { dueOnFixedDay } from '../../domain/time/limits.ts'
import type { Sql } from '../../db/pool.ts'
import { contextOf } from '../deadlines/plan-context.ts'
import type { DeadlineRow } from '../deadlines/store.ts'
import { deadlineKey } from '../obligations/join-deadlines.ts'
import { directoryAround } from '../people/directory.ts'
import { timingOf } from '../notifications/fire.ts'
import { roundsFor } from '../notifications/rounds.ts'
import { allOffices, type Office } from '../people/offices.ts'
import { peopleById } from '../people/persons.ts'
import { currentPolicy } from '../schedule/policies.ts'
import type { PhaseItemPlan } from './begin-items.ts'

/** Whom the first round that tells anybody would mail, and how much; nobody within two weeks: null. */
export type FirstRound = { firstRoundAt: Instant | null; mails: PreviewedMail[] }
export type PreviewedMail = {
  person: string
  name: string
  officeName: string
  /** Lines of the digest: one a deadline. */
  lines: number
  obligations: number
}

const HORIZON_MS = 14 * MS_PER_DAY

/** A deadline that launching would make, with the obligations behind it. */
type PlannedDeadline = { row: DeadlineRow; obligations: number }
type Told = { roundAt: Instant; person: string; obligations: number }

/** Plays the deadlines of what would be registered until somebody is told. It writes nothing. */
export async function firstRound(
  sql: Sql,
  county: string,
  plans: readonly PhaseItemPlan[],
  now: Instant,
): Promise<FirstRound> {
  const told: Told[] = []
  for (const deadline of await plannedDeadlines(sql, county, plans, now))
    told.push(...(await toldBy(sql, deadline, now)))
  if (told.length === 0) return { firstRoundAt: null, mails: [] }
  const firstRoundAt = Math.min(...told.map(({ roundAt }) => roundAt))
  const first = told.filter(({ roundAt }) => roundAt === firstRoundAt)
  const people = await peopleById(sql, [...new Set(first.map(({ person }) => person))], dayOf(now))
  const mails = people.map(({ id, name, officeName }) => {
    const own = first.filter(({ person }) => person === id)
    const obligations = own.reduce((sum, line) => sum + line.obligations, 0)
    return { person: id, name, officeName, lines: own.length, obligations }
  })
  return { firstRoundAt, mails: mails.sort((a, b) => a.officeName.localeCompare(b.officeName, 'zh')) }
}

/** What would be open, grouped as registering groups it. */
async function plannedDeadlines(
  sql: Sql,
  county: string,
  plans: readonly PhaseItemPlan[],
  now: Instant,
): Promise<PlannedDeadline[]> {
  const policy = await currentPolicy(sql, county)
  const offices = new Map((await allOffices(sql)).map((office) => [office.code, office]))
  const planned = new Map<string, PlannedDeadline>()
  for (const { registration, begunAs } of plans) {
    if (begunAs === 'done-before') continue
    const { kind, fixedDueOn, id: obligation } = registration
    const rule = ruleFor(policy, { ...registration, stage: 'perform' })
    const limit = dueOnFixedDay(fixedDueOn)
    const key = deadlineKey({ ...registration, obligation, rule, limit }, policy)
    const office = offices.get(registration.office)!
    const start = { begunAs, now, county, policy }
    const known = planned.get(key) ?? {
      obligations: 0,
      row: rowOf(key, office, { kind, ...limit, rule: rule.code }, start),
    }
    planned.set(key, { ...known, obligations: known.obligations + 1 })
  }
  return [...planned.values()]
}

/** The row as `registerBegun` and `registerObligations` would write it. */
function rowOf(
  id: string,
  office: Office,
  due: Pick<DeadlineRow, 'kind' | 'dueAt' | 'dueOn' | 'rule'>,
  {
    begunAs,
    now,
    county,
    policy,
  }: Pick<PhaseItemPlan, 'begunAs'> & { now: Instant; county: string; policy: Policy },
): DeadlineRow {
  const { kind, dueAt, dueOn, rule } = due
  return {
    ...{ id, county, kind, dueAt, dueOn, rule, policy: policy.id },
    office: office.code,
    officeName: office.name,
    officeKind: office.kind,
    level: null,
    stage: 'perform',
    label: ruleByCode(policy, rule).label,
    obligation: null,
    startedAt: now,
    joins: 1,
    silentUntil: begunAs === null ? null : now,
    mailState: 'open',
  }
}

/** Fires in thought, moment after moment, until somebody is told: only the first round is asked for. */
async function toldBy(sql: Sql, { row, obligations }: PlannedDeadline, now: Instant): Promise<Told[]> {
  const context = await contextOf(sql, row)
  const fired: FiredMoment[] = []
  for (let at: Instant | null = now; at !== null && at <= now + HORIZON_MS;) {
    const { due, nextWake } = planMoments({ ...context, fired, now: at })
    if (due) {
      fired.push(...[due, ...due.collapsed].map(({ moment, form }) => ({ moment, form, joins: row.joins })))
      if (!isSilent(due)) return lines(sql, row, due, { ...context, at, obligations })
    }
    at = nextWake
  }
  return []
}

type Saying = Awaited<ReturnType<typeof contextOf>> & { at: Instant; obligations: number }

async function lines(
  sql: Sql,
  { office, county }: DeadlineRow,
  due: Firing,
  { rule, at, obligations }: Saying,
): Promise<Told[]> {
  const directory = await directoryAround(sql, office)
  const { recipients } = resolve(due.audiences, rule, { office, person: null }, directory, at)
  const people = recipients.map(({ personId }) => personId)
  const rounds = await roundsFor(sql, county, timingOf(due), people, at)
  return [...rounds].map(([person, roundAt]) => ({ roundAt, person, obligations }))
}
