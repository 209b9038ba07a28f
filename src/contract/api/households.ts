import { z } from 'zod'
import { COVER_LABELS } from '../../domain/obligation/roster-words.ts'
import { CHECK_METHOD_LABELS, DIFFERENCE_LABELS } from '../../domain/obligation/sampling-words.ts'
import { ENTRY_FINDING_LABELS, ENTRY_FOLLOW_LABELS } from '../../domain/obligation/screening-entry.ts'
import { EXIT_REASON_LABELS } from '../../domain/obligation/result-words.ts'
import { GROUP_LABELS, OUTCOME_LABELS, STATE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { coded, day, instant, officeRef } from './common.ts'
import { obligation, subject } from './obligations.ts'

const outcome = coded(OUTCOME_LABELS)

/** One household, followed across everything that is known of it. */
export const householdStory = z.object({
  subject: subject.nullable().describe('脱敏的;没有户或不能看户信息的为 null'),
  cover: z
    .object({ outcome, since: day, labels: z.record(z.string(), z.string()) })
    .nullable()
    .describe('最近一次核查认定的保障;没有的为 null'),
  roster: z
    .object({
      id: z.string(),
      office: officeRef,
      group: coded(GROUP_LABELS),
      cover: coded(COVER_LABELS),
      coveredSince: day.nullable(),
      labels: z.record(z.string(), z.string()),
    })
    .nullable()
    .describe('在名册上的单位、类别和保障情况;不在名册上的为 null。由事项查而不能看户信息的,也为 null'),
  monitored: z.boolean().describe('是否还在监测:有未办结的监测走访'),
  exits: z
    .array(
      z.object({
        obligation: z.string(),
        outcome,
        reason: coded(EXIT_REASON_LABELS).nullable(),
        decidedBy: z.string().nullable(),
        on: day,
        backOn: day.nullable().describe('退出以后再次纳入的日期;没有再纳入的为 null'),
        labels: z.record(z.string(), z.string()),
      }),
    )
    .describe('退出保障(应退尽退):原因和决定人,和后来再次纳入的日期'),
  screenings: z
    .array(
      z.object({
        screening: z.string().describe('排查事项的编号'),
        title: z.string(),
        office: officeRef,
        visitedOn: day.nullable().describe('还没有走访的为 null'),
        finding: coded(ENTRY_FINDING_LABELS).nullable(),
        follow: coded(ENTRY_FOLLOW_LABELS).nullable(),
        labels: z.record(z.string(), z.string()),
      }),
    )
    .describe('各项排查对这一户的记录,由早到晚;不能看户信息的为空'),
  checks: z
    .array(
      z.object({
        id: z.string().describe('抽查事项的编号'),
        sample: z.string(),
        state: coded(STATE_LABELS),
        dueOn: day,
        method: coded(CHECK_METHOD_LABELS).nullable(),
        agrees: z.boolean().nullable().describe('与镇报送的一致;还没有结果的为 null'),
        differs: z.array(coded(DIFFERENCE_LABELS)),
        labels: z.record(z.string(), z.string()),
      }),
    )
    .describe('对这一户的县级抽查;看不到抽样的为空'),
  links: z
    .array(
      z.object({
        obligation: z.string(),
        other: z.string(),
        same: z.boolean().describe('true:认定为同一户;false:认定为不同的户'),
        decidedBy: z.string().describe('谁认定的'),
        decidedAt: instant,
        endedBy: z.string().nullable().describe('谁取消的;还有效的为 null'),
        endedAt: instant.nullable(),
      }),
    )
    .describe('对可能的同一户的认定,由早到晚;取消的也在'),
  items: z.array(obligation.extend({ followsFrom: z.string().nullable() })).describe('由早到晚'),
})

export const LIKENESS_LABELS = {
  idNo: '身份证号相同',
  phone: '联系电话相同',
  'name-and-village': '同村同名',
} as const

export const householdParams = z.object({
  id: z.string().max(100).describe('它的一件事项的编号,或它在名册上的编号'),
})

export const twinsRequest = z.strictObject({
  office: z.string().max(200),
  person: z.strictObject({
    name: z.string().trim().min(1).max(50),
    idNo: z.string().trim().max(18).default(''),
    phone: z.string().trim().max(30).default(''),
    village: z.string().trim().max(100).default(''),
  }),
})
export const twin = z.object({
  obligation,
  alike: z.array(coded(LIKENESS_LABELS)),
  labels: z.array(z.string()),
})

export const possibleTwin = twin.extend({
  keptApart: z.boolean().describe('已有人认定为不同的户'),
})
export const twinParams = z.object({
  id: z.string().max(100).describe('事项的编号'),
  twin: z.string().max(100).describe('可能是同一户的另一件事项的编号'),
})
export const twinDecision = z.strictObject({
  same: z.boolean().describe('true:认定为同一户;false:认定为不同的户'),
})
export const decidedTwin = z.object({ id: z.string(), twin: z.string(), same: z.boolean().nullable() })
