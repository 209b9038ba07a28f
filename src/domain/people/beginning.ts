import type { Role } from '../obligation/vocabulary.ts'

/** What a county needs before the work goes by itself, in the order in which it is done. */
export const BEGINNING_STEPS = {
  offices: '单位',
  people: '每个单位都有人',
  passwords: '每个人都设了密码',
  policy: '本县的规则',
  calendar: '今年的日历',
  'next-calendar': '明年的日历',
  campaign: '今年的行动',
  mail: '开放邮件',
} as const
export type BeginningStep = keyof typeof BEGINNING_STEPS

type OfficeFact = { code: string; name: string; kind: string; duties: readonly string[] }
type PersonFact = {
  name: string
  active: boolean
  hasPassword: boolean
  roles: readonly { office: string; role: Role }[]
}
export type BeginningFacts = {
  offices: readonly OfficeFact[]
  people: readonly PersonFact[]
  examplePolicy: boolean
  coversThisYear: boolean
  coversNextYear: boolean
  campaignStarted: boolean
  mailOpen: boolean
}
/** `missing`: names of the offices or people that lack something. */
export type BeginningJudgement = { code: BeginningStep; done: boolean; missing: string[] }

/** Each step, whether it is done, and who or what is missing. Nothing is remembered: what is undone again is asked again. */
export function judgeBeginning(facts: BeginningFacts): BeginningJudgement[] {
  const active = facts.people.filter((person) => person.active)
  const missingOf: Record<BeginningStep, { done: boolean; missing?: string[] }> = {
    offices: { done: hasAll(facts.offices) },
    people: byMissing(facts.offices.filter((office) => lacksPeople(office, active)).map(nameOf)),
    passwords: byMissing(active.filter(({ hasPassword }) => !hasPassword).map(nameOf)),
    policy: { done: !facts.examplePolicy },
    calendar: { done: facts.coversThisYear },
    'next-calendar': { done: facts.coversNextYear },
    campaign: { done: facts.campaignStarted },
    mail: { done: facts.mailOpen },
  }
  return (Object.keys(BEGINNING_STEPS) as BeginningStep[]).map((code) => ({
    code,
    missing: [],
    ...missingOf[code],
  }))
}

const nameOf = ({ name }: { name: string }) => name
const byMissing = (missing: string[]) => ({ done: missing.length === 0, missing })

function hasAll(offices: readonly OfficeFact[]): boolean {
  return (
    offices.some(({ kind }) => kind === 'town') &&
    offices.some(({ duties }) => duties.includes('supervision'))
  )
}

/** A town needs somebody who performs and somebody above; what supervises the county needs its centre. */
function lacksPeople({ code, kind, duties }: OfficeFact, people: readonly PersonFact[]): boolean {
  const has = (role: Role) =>
    people.some(({ roles }) => roles.some((held) => held.office === code && held.role === role))
  if (kind === 'town') return !has('town-officer') || !has('town-head')
  if (kind === 'county-bureau') return !has('bureau-leader')
  return duties.includes('supervision') && !has('relief-centre')
}
