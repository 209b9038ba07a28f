import { type Level, type Role, type Stage, STAGE_LABELS } from '../obligation/vocabulary.ts'
import type {
  Answer,
  ApproverRole,
  Approving,
  ExtensionRules,
  HandOverRules,
  Policy,
  Rule,
  SuspensionRules,
} from './policy.ts'

/** The roles a policy may name as approvers: both reach every office of the county. */
export const APPROVER_ROLES = ['relief-centre', 'bureau-leader'] as const satisfies readonly Role[]

/** What holds where a county's policy says nothing; the example policy says the same. */
const DEFAULT_SUSPENSION: SuspensionRules = {
  approvers: [{ levels: ['red'], roles: ['bureau-leader'] }, { roles: ['relief-centre'] }],
  most: { times: 2, workingDays: 30 },
  beyond: ['bureau-leader'],
  reminders: [{ when: 'before', workingDays: 2 }, { when: 'due-day' }],
}
const DEFAULT_EXTENSION: ExtensionRules = {
  approvers: [
    { levels: ['red'], roles: ['bureau-leader'] },
    { upTo: 1, roles: ['relief-centre'] },
    { roles: ['bureau-leader'] },
  ],
  most: { times: 3, workingDays: 20 },
  beyond: ['bureau-leader'],
  answer: {
    workingDays: 2,
    reminders: [{ when: 'requested', urgent: false }, { when: 'due-day' }],
    ladder: [{ afterWorkingDays: 1, roles: ['bureau-leader'], cc: ['performer'] }],
    repeat: { everyWorkingDays: 2, roles: ['bureau-leader'], cc: ['performer'] },
  },
}

const DEFAULT_HAND_OVER: HandOverRules = {
  answer: {
    workingDays: 2,
    reminders: [{ when: 'offered', urgent: false }, { when: 'due-day' }],
    ladder: [
      { afterWorkingDays: 1, roles: ['town-head'], onlyFor: ['town'], cc: ['performer'] },
      { afterWorkingDays: 2, roles: ['relief-centre'], cc: ['performer'] },
    ],
    repeat: { everyWorkingDays: 2, roles: ['relief-centre'], cc: ['performer'] },
  },
}

type Says = Pick<Policy, 'suspension' | 'extension' | 'handOver'>

export function suspensionRulesOf({ suspension }: Says): SuspensionRules {
  return suspension ?? DEFAULT_SUSPENSION
}

export function extensionRulesOf({ extension }: Says): ExtensionRules {
  return extension ?? DEFAULT_EXTENSION
}

export function handOverRulesOf({ handOver }: Says): HandOverRules {
  return handOver ?? DEFAULT_HAND_OVER
}

/** What an obligation has had so far, with what is asked for now. */
export type Had = { level: Level | null; times: number; workingDays: number }

/** Who decides about the next one, and whether it goes beyond what an obligation may have at most. */
export function approvalOf(rules: Approving, had: Had): { roles: ApproverRole[]; beyond: boolean } {
  const { approvers, most, beyond } = rules
  if (had.times > most.times || had.workingDays > most.workingDays) return { roles: beyond, beyond: true }
  const fits = approvers.find(
    ({ levels, upTo }) =>
      (levels === undefined || (had.level !== null && levels.includes(had.level))) &&
      (upTo === undefined || had.times <= upTo),
  )
  return { roles: fits?.roles ?? beyond, beyond: false }
}

/** No rule that a county writes begins so. */
function codeOf(stage: Stage): string {
  return `/${stage}`
}

/** The rules of the stages beside the work; policies of before have none of their own. */
export function postponementRules(policy: Says): Rule[] {
  const { reminders } = suspensionRulesOf(policy)
  const common = { watch: 'shared' } as const
  const answered = (stage: Stage, { workingDays, ...answer }: Answer): Rule => ({
    ...{ ...common, kinds: [], code: codeOf(stage), label: STAGE_LABELS[stage], stage },
    ...{ limit: { workingDays }, ...answer },
  })
  return [
    // A pause ends on the day that was approved; nobody is late by it.
    {
      ...{ ...common, kinds: [], code: codeOf('pause'), label: STAGE_LABELS.pause, stage: 'pause' },
      ...{ limit: { fixedDay: true }, reminders, ladder: [] },
    },
    answered('extension', extensionRulesOf(policy).answer),
    answered('hand-over', handOverRulesOf(policy).answer),
  ]
}

/** A stored policy with the rules that it had no words for when it was written. */
export function withPostponementRules<P extends Pick<Policy, 'rules'> & Says>(policy: P): P {
  const known = new Set(policy.rules.map(({ stage }) => stage))
  const lacking = postponementRules(policy).filter(({ stage }) => !known.has(stage))
  return lacking.length === 0 ? policy : { ...policy, rules: [...policy.rules, ...lacking] }
}
