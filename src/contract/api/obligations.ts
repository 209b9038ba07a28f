import { z } from 'zod'
import {
  CAUSE_LABELS,
  codesOf,
  GROUP_LABELS,
  LEVEL_LABELS,
  OUTCOME_LABELS,
  PHASE_LABELS,
  SOURCE_LABELS,
  STATE_LABELS,
  STAGE_LABELS,
} from '../../domain/obligation/vocabulary.ts'
import { CLOCK_CODES } from '../../domain/obligation/clock-status.ts'
import { KIND_LABELS } from '../../kinds/kinds.ts'
import { importRemark } from '../../kinds/fields.ts'
import { actionFields } from './action-texts.ts'
import { actionUnion } from './action-union.ts'
import { coded, day, instant, officeRef } from './common.ts'
import { hitsFile } from './hits-file.ts'
import { extensionBody, suspendedBody } from './postponements.ts'
import { problemPart } from './problem-part.ts'
import { anyResult } from './results.ts'

const kind = coded(KIND_LABELS)
const state = coded(STATE_LABELS)
const level = coded(LEVEL_LABELS)
const cause = coded(CAUSE_LABELS)
const group = coded(GROUP_LABELS)
const source = coded(SOURCE_LABELS)
const phase = coded(PHASE_LABELS)

/** Masked: 张*某, 619999********2163, 199****8219. Revealing is a permission of its own. */
export const subject = z.object({
  name: z.string(),
  idNo: z.string(),
  phone: z.string(),
  village: z.string(),
})

export const obligation = z.object({
  id: z.string(),
  externalId: z.string().nullable(),
  kind,
  title: z.string(),
  state,
  campaignId: z.string().nullable(),
  phase: phase.nullable(),
  office: officeRef,
  level: level.nullable(),
  cause: cause.nullable(),
  group: group.nullable(),
  source: source.nullable(),
  issuedAt: instant,
  dueAt: instant,
  dueOn: day,
  provisional: z.boolean().describe('当年的放假安排尚未公布,日期可能变动'),
  remainingWorkingDays: z.number(),
  overdue: z.boolean(),
  overdueWorkingDays: z.number(),
  everLate: z.boolean(),
  redoDueOn: day.nullable().describe('退回、重启后重办的,最后一次重办的到期日;没有的为 null'),
  clock: z
    .object({ code: z.enum(codesOf(CLOCK_CODES)), shape: z.string(), words: z.string() })
    .describe('时限的状态:一个形状和一句话'),
  holder: z
    .object({
      office: officeRef,
      person: z.object({ id: z.string(), name: z.string() }).nullable(),
      assignment: coded(STAGE_LABELS),
      dueAt: instant,
      dueOn: day,
      provisional: z.boolean().describe('当年的放假安排尚未公布,日期可能变动'),
    })
    .nullable(),
  acknowledgedAt: instant.nullable(),
  outcome: coded(OUTCOME_LABELS).nullable(),
  subject: subject.nullable(),
  extensions: z.array(extensionBody).describe('延期的申请和答复,依次'),
  suspended: suspendedBody.nullable().describe('正在暂停的为暂停的情况,其余为 null'),
  version: z.number(),
  labels: z.record(z.string(), z.string()),
})
export type ObligationBody = z.infer<typeof obligation>
/** What the clock of an obligation shows, wherever it stands. */
export const clockFields = obligation.pick({
  ...{ state: true, dueOn: true, clock: true },
  ...{ overdueWorkingDays: true, remainingWorkingDays: true, everLate: true },
}).shape
/** One by itself, with what its import did not understand. */
export const obligationDetail = obligation.extend({
  followsFrom: z.string().nullable().describe('由哪一件而来'),
  followedBy: z.array(z.string()).describe('由它开始的事项'),
  remarks: z.array(importRemark).describe('导入备注:登记时没有认出、需要核对的内容;不含户的个人信息'),
  hasEntries: z.boolean().describe('有逐户记录,见 GET /v1/screenings/{id}/entries'),
  facts: z.record(z.string(), z.unknown()).describe('立项时已知的,各类事项不同'),
  result: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('报送的内容,各类事项不同;还没有报送的为 null。文字只给能看办理说明的人'),
  found: z
    .array(z.object({ id: z.string(), finding: z.number().nullable(), title: z.string(), state }))
    .describe('由它查出的问题;finding 是“回头望”中的第几项,从 0 数起'),
  comparison: z.string().nullable().describe('是哪次数据比对命中的;不是的、看不到导入的为 null'),
  hitsFiles: z
    .array(hitsFile)
    .nullable()
    .describe('数据比对的命中名单,先到的在前,看不到导入的为空;其他事项为 null'),
  takesHits: z.boolean().describe('您可以登记它的命中名单:本单位承办、还没有提交的数据比对'),
  raised: z
    .array(z.object({ id: z.string(), title: z.string(), state }))
    .describe('数据比对命中而登记的预警,最多列 200 件;其他事项为空'),
  problem: problemPart.nullable().describe('问题清单上的一件;其他事项为 null'),
  ofProblemList: z.boolean().describe('true:把本单位问题清单全部销号的任务,清单见 GET /v1/problems'),
})
export type ObligationDetail = z.infer<typeof obligationDetail>

/** What may come with an action; which action takes which, its row of the table says. */
export const action = actionUnion({ ...actionFields, result: anyResult.default({}) })
export const actionAnswer = z.object({ id: z.string(), state, version: z.number() })

export const historyEntry = z.object({
  at: instant,
  actor: z.string(),
  actorName: z.string(),
  action: z.string(),
  state,
  detail: z.record(z.string(), z.unknown()).describe('代码和数量'),
  text: z.string().nullable().describe('办理人写的说明或原因'),
  labels: z.record(z.string(), z.string()),
})
