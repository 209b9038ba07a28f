import { isOversightRole } from './permissions.ts'
import type { Day } from '../time/days.ts'
import type { Role } from '../obligation/vocabulary.ts'

/**
 * Somebody who works here, with their absence. No first day means no absence; no last day means that it goes on.
 */
export type Colleague = {
  id: string
  active: boolean
  absentFrom: Day | null
  absentUntil: Day | null
  substitute: string | null
}
export type Colleagues = ReadonlyMap<string, Colleague>
/** How long a role is held. Null means without a bound; both days count. */
export type Term = { validFrom: Day | null; validUntil: Day | null }

/** Is the role held on that day? */
export function isHeldOn({ validFrom, validUntil }: Term, day: Day): boolean {
  return (validFrom ?? day) <= day && (validUntil ?? day) >= day
}

export function isAwayOn({ absentFrom, absentUntil }: Colleague, day: Day): boolean {
  return absentFrom !== null && absentFrom <= day && (absentUntil ?? day) >= day
}

/**
 * Who stands in for somebody on that day 代理: themselves when present, else the first present person along the
 * chain of substitutes. Null when the chain ends, meets a disabled account, or goes round (docs/adr/0009).
 */
export function effectiveSubstitute(id: string, colleagues: Colleagues, day: Day): string | null {
  const asked = new Set<string>()
  for (let at: string | null = id; at !== null && !asked.has(at);) {
    const colleague = colleagues.get(at)
    if (!colleague?.active) return null
    if (!isAwayOn(colleague, day)) return at
    asked.add(at)
    at = colleague.substitute
  }
  return null
}

export type Held = Term & { personId: string; office: string; role: string }

/** Who carries out a held role on that day; null when nobody does. */
export function effectiveHolder(held: Held, colleagues: Colleagues, day: Day): string | null {
  return isHeldOn(held, day) ? effectiveSubstitute(held.personId, colleagues, day) : null
}

/**
 * The roles somebody may use on that day: their own, even while absent, and those of colleagues they stand in
 * for (`onBehalfOf`). src/services/people/identity.ts asks the database the same, and a test compares the two.
 */
export function rolesOn<H extends Held>(
  person: string,
  holdings: readonly H[],
  colleagues: Colleagues,
  day: Day,
): (H & { onBehalfOf: string | null })[] {
  const own = holdings.filter((h) => h.personId === person && isHeldOn(h, day))
  const others = holdings.filter(
    (h) => h.personId !== person && effectiveHolder(h, colleagues, day) === person,
  )
  return [
    ...own.map((h) => ({ ...h, onBehalfOf: null })),
    ...others.map((h) => ({ ...h, onBehalfOf: h.personId })),
  ]
}

/** An absence as it is entered. `until` is null when the end is not known yet. */
export type Absence = { from: Day; until: Day | null; substitute: string | null }
export type AbsenceFault = { field: 'from' | 'until' | 'substitute'; why: string }
/**
 * The person proposed as substitute, as far as the one who enters may see them. `sameCounty` compares with the
 * absent person. `leadsTo` is the chain of their own substitutes. `barred` means that an oversight role keeps
 * them from this work.
 */
export type Candidate = {
  id: string
  name: string
  active: boolean
  sameCounty: boolean
  leadsTo: readonly string[]
  barred: boolean
} | null

/**
 * Are people with these roles barred from the work of people with those? Administrators and auditors do no
 * casework.
 */
export function isBarred(candidate: readonly Role[], absent: readonly Role[]): boolean {
  return candidate.some(isOversightRole) && !absent.every(isOversightRole)
}

/**
 * Why an absence cannot be entered. `by` is the person who enters it; null on the machine itself. @returns null,
 * or the field and a sentence that says what to do
 */
export function absenceFault(
  absent: string,
  { from, until, substitute }: Absence,
  { candidate, by, today }: { candidate: Candidate; by: string | null; today: Day },
): AbsenceFault | null {
  if (until !== null && until < from)
    return { field: 'until', why: `结束日期 ${until} 早于开始日期 ${from},请改正。` }
  if (until !== null && until < today)
    return { field: 'until', why: `这段时间在 ${until} 已经过去,不用登记;请填写今天以后的结束日期。` }
  const why = substitute === null ? null : substituteFault(absent, candidate, by)
  return why === null ? null : { field: 'substitute', why }
}

function substituteFault(absent: string, candidate: Candidate, by: string | null): string | null {
  if (!candidate?.sameCounty) return '代理人要是本县的人员,没有找到这个人;请核对后再填。'
  if (candidate.id === absent) return '自己不能代理自己,请另选一位同事。'
  if (!candidate.active) return `${candidate.name}的账号已停用,请另选一位同事。`
  if (candidate.barred)
    return `${candidate.name}是管理员或审计员,不办事项、不看住户,不能代理这个岗位;请另选一位同事。`
  // Otherwise whoever may enter absences could give themselves any role by sending its holder away.
  if (by !== null && by !== absent && [candidate.id, ...candidate.leadsTo].includes(by))
    return '替别人登记离岗时不能把自己定为代理人,也不能经别人的代理落到自己;请由本人或其他人登记。'
  return null
}
