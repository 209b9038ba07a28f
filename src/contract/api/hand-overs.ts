import { z } from 'zod'
import { HAND_OVER_STATE_LABELS } from '../../domain/obligation/request-words.ts'
import { STATE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { coded, day, instant, officeFilter, officeRef, pageQuery } from './common.ts'

const person = z.object({ id: z.string(), name: z.string() })

/** An offer of work to another office: what stands here is seen by both, also once the work has gone. */
export const handOver = z.object({
  id: z.string(),
  obligation: z.string().describe('事项编号;移出以后,移出单位不能再打开它'),
  externalId: z.string().nullable(),
  title: z.string(),
  from: officeRef,
  to: officeRef,
  state: coded(HAND_OVER_STATE_LABELS),
  label: z.string(),
  offeredAt: instant,
  offeredBy: person,
  answeredAt: instant.nullable(),
  answeredBy: person.nullable(),
  heldDays: z.number().nullable().describe('移出单位占用的工作日'),
})
export const handOverQuery = z.strictObject({
  direction: z.enum(['given', 'received']).optional().describe('given 移出、received 移入'),
  state: coded(HAND_OVER_STATE_LABELS).optional(),
  office: officeFilter,
  ...pageQuery,
})

export const handOnBody = z.strictObject({
  toOffice: z.string().min(1, '请选择移交给哪个单位').max(200),
  dryRun: z.boolean().default(false).describe('true:只列出会移交的,不改动'),
  expectedCount: z.number().int().min(0).optional().describe('试算时看到的件数,办理时必须带上;不同的不办'),
})
export const handOnAnswer = z.object({
  done: z.boolean(),
  from: officeRef,
  to: officeRef,
  count: z.number().describe('未办结的事项'),
  late: z.number().describe('其中已逾期的'),
  paused: z.number().describe('其中暂停的'),
  offers: z.number().describe('随之失效的待答复移交'),
  items: z
    .array(
      z.object({
        id: z.string(),
        externalId: z.string().nullable(),
        title: z.string(),
        state: coded(STATE_LABELS),
        dueOn: day,
      }),
    )
    .describe('按到期日排列,最多 200 件'),
})
