import type { MonitoringRules } from '../obligation/monitoring.ts'
import type { FileRules } from '../obligation/change-rules.ts'
import {
  type Cause,
  type Group,
  isBeside,
  type Kind,
  type Level,
  type OfficeKind,
  type Role,
  type Stage,
} from '../obligation/vocabulary.ts'
import type { DeferralLimits } from './deferral.ts'
import type { StartSeries } from './moment-form.ts'

/**
 * When whoever holds it is told. `assigned`, `submitted`, `returned`: as the turn begins, each at its own stage.
 * `accepted`: once the reviewer has passed it; then nobody holds it, and who handed it in is told.
 */
export type Reminder =
  | { when: StartSeries; urgent: boolean }
  | { when: 'before'; workingDays: number }
  | { when: 'due-day'; time?: string }
  | { when: 'accepted' }
/** Who gets a copy of what a rung is told: whoever is late, or a role. */
export type Copied = 'performer' | Role
/** Whom of several who share a role a rung tells. */
export type Whom = 'all' | 'first'
/** Left out: all of a role are told, and nobody gets a copy. */
export type RungPeople = { roles: Role[]; whom?: Whom; cc?: Copied[] }
export type Rung = RungPeople & { afterWorkingDays: number; onlyFor?: OfficeKind[] }
export type RuleLimit =
  { workingDays: number } | { fixedDay: true } | { halfOfOriginal: true; fixedDayWorkingDays: number }

/** One line of a policy 规则条目 (R1). */
export type Rule = {
  /** Its key within the policy. A county names it as it likes: nothing is read out of it. */
  code: string
  /** What people read, without blanks, for a blank parts the fields of a digest line. */
  label: string
  kinds: Kind[]
  level?: Level
  /** Whom it is for (重点人群), and why they may fall poor (致贫返贫因素); left out, it is for all. */
  groups?: Group[]
  causes?: Cause[]
  stage: Stage
  limit: RuleLimit
  reminders: Reminder[]
  ladder: Rung[]
  repeat?: Repeat
  watch: 'shared' | 'individual'
}

/** Who may decide about a pause or an extension. */
export type ApproverRole = Extract<Role, 'relief-centre' | 'bureau-leader'>
/** One line of who decides: of these levels, and the first so many times; left out, of any and always. */
export type Approval = { levels?: Level[]; upTo?: number; roles: ApproverRole[] }
/** The first line that fits decides. Beyond what an obligation may have at most, `beyond` decides alone. */
export type Approving = {
  approvers: Approval[]
  most: { times: number; workingDays: number }
  beyond: ApproverRole[]
}
/** Pauses; `reminders` tell whoever approved it before it ends. */
export type SuspensionRules = Approving & { reminders: Reminder[] }
/** More time; a request has a limit of its own and is escalated like anything else. */
export type ExtensionRules = Approving & { answer: Answer }
/** An offer to another office; left out of a policy, the product's own. */
export type HandOverRules = { answer: Answer }
export type Answer = { workingDays: number; reminders: Reminder[]; ladder: Rung[]; repeat?: Repeat }
export type Repeat = RungPeople & { everyWorkingDays: number }

/** A versioned set of rules. `example`: shipped as an example, no national rule. */
export type Policy = {
  id: string
  version: number
  name: string
  example: boolean
  rules: Rule[]
  /** Whom the first round of a week tells how things stand when anything is late; null for nobody. */
  standing: { roles: Role[] } | null
  /** How long a reader's mailbox may put a mail off; null for the product's own limits. */
  deferral: DeferralLimits | null
  /**
   * What a warning that comes again changed does by itself; what is left out is as `changeRulesOf` has it. The same column holds
   * what becomes of a household without a number.
   */
  changes?: FileRules | null
  /** How often monitored households are visited; left out, the product's own interval. */
  monitoring?: MonitoringRules | null
  /** Left out, the product's own (postponement-rules.ts). */
  suspension?: SuspensionRules | null
  extension?: ExtensionRules | null
  handOver?: HandOverRules | null
  /** Who reads each working day whether everything is accounted for (R20); null or left out: nobody. */
  standingCheck?: TellRoles | null
  /** Who is told that a gate was overridden (R15); null or left out: nobody. */
  override?: TellRoles | null
}
/** What a policy says, whichever version of which county it is. */
export type PolicyContent = Omit<Policy, 'id' | 'version'>
export type TellRoles = { roles: Role[] }

/** The category of a household 分类管理 (R1), as far as it is known. */
export type Category = { cause: Cause | null; group: Group | null }
/** Of work that is about no household. */
export const NO_CATEGORY: Category = { cause: null, group: null }
/** What a rule is looked up by. */
export type RuleSubject = { kind: Kind; level: Level | null; stage: Stage } & Category
/** What a policy lacks: a rule for such a turn, one of this code, or a number of working days in the rule of this label. */
export type Wanted = Omit<RuleSubject, keyof Category> | { code: string } | { workingDaysOf: string }

/** Thrown when a policy says nothing about what is asked: it must be completed before such a thing can be owed. */
export class NoRule extends Error {
  readonly wanted: Wanted
  constructor(wanted: Wanted) {
    super(`the policy has no rule for ${Object.values(wanted).join('/')}`)
    this.name = 'NoRule'
    this.wanted = wanted
  }
}

/**
 * The most particular rule for such a thing (R1). One that names group and cause goes before one that names the group, that before one
 * that names the cause, that before one that names neither; among those one of its level before one for any level.
 * @throws NoRule
 */
export function ruleFor({ rules }: Pick<Policy, 'rules'>, of: RuleSubject): Rule {
  const rule = rules.reduce<Rule | null>(
    (best, one) => (fits(one, of) && (!best || rankOf(one) > rankOf(best)) ? one : best),
    null,
  )
  if (!rule) throw new NoRule({ kind: of.kind, level: of.level, stage: of.stage })
  return rule
}

function fits(rule: Rule, { kind, level, stage, cause, group }: RuleSubject): boolean {
  const { groups, causes } = rule
  return (
    rule.stage === stage &&
    (isOfEveryKind(stage) || rule.kinds.includes(kind)) &&
    (rule.level === undefined || rule.level === level) &&
    (groups === undefined || (group !== null && groups.includes(group))) &&
    (causes === undefined || (cause !== null && causes.includes(cause)))
  )
}

/** How particular a rule is: the category counts before the level. */
function rankOf({ groups, causes, level }: Pick<Rule, 'groups' | 'causes' | 'level'>): number {
  return (groups ? 4 : 0) + (causes ? 2 : 0) + (level ? 1 : 0)
}

/** Whether a rule is for one category alone. */
export function isByCategory({ groups, causes }: Pick<Rule, 'groups' | 'causes'>): boolean {
  return groups !== undefined || causes !== undefined
}

/** The rules that come of what a policy says of pauses, extensions and hand-overs; they hold for every kind. */
function isOfEveryKind(stage: Stage): boolean {
  return stage === 'pause' || isBeside(stage)
}

/** @throws NoRule */
export function ruleByCode(policy: Policy, code: string): Rule {
  const rule = policy.rules.find((r) => r.code === code)
  if (!rule) throw new NoRule({ code })
  return rule
}

/**
 * The working days a review or redo gets.
 * @param originalDays working days of the first turn; null where its day was fixed
 * @throws NoRule: a turn after the first has no fixed day
 */
export function limitDays(rule: Rule, originalDays: number | null): number {
  if ('workingDays' in rule.limit) return rule.limit.workingDays
  if ('fixedDay' in rule.limit) throw new NoRule({ workingDaysOf: rule.label })
  return originalDays === null ? rule.limit.fixedDayWorkingDays : Math.ceil(originalDays / 2)
}
