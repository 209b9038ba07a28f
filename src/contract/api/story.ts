import { z } from 'zod'
import { TOLD_FATE_LABELS } from '../../domain/escalation/mail-fate.ts'
import { ACTION_BY_LABELS, ACTION_FIELDS, ACTIONS } from '../../domain/obligation/actions.ts'
import { CONTACT_MEANS_LABELS } from '../../domain/obligation/request-words.ts'
import { codesOf, ROLE_LABELS, STATE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { KIND_LABELS } from '../../kinds/kinds.ts'
import { coded, day, instant, officeRef } from './common.ts'

const personRef = z.object({ id: z.string(), name: z.string() })
const form = z.record(z.string(), z.unknown()).describe('节点:series 是种类,n、workingDays、time 是其中第几')
const audience = z.record(z.string(), z.unknown()).nullable().describe('以什么身份知会')

const posted = personRef.extend({
  phone: z.string().nullable().describe('今天的单位电话;没有登记的、没有名录权限的为 null'),
  posts: z
    .array(z.object({ office: officeRef, role: coded(ROLE_LABELS), label: z.string() }))
    .describe('今天的岗位(知会以后可能调动过),因其被知会的在前;没有名录权限的为空'),
})

const told = z.object({
  person: posted,
  audience,
  fate: coded(TOLD_FATE_LABELS),
  label: z.string(),
  roundAt: instant.nullable(),
  mailId: z.string().nullable().describe('没有查看邮件权限的为 null'),
  reply: z.string().nullable().describe('对方邮件服务器的答复;没有查看邮件权限的为 null'),
})
const step = z.object({
  what: z.literal('event'),
  at: instant,
  code: z.string().describe('登记、更正或办理动作的代码'),
  label: z.string(),
  actor: personRef,
  state: coded(STATE_LABELS),
  detail: z.record(z.string(), z.unknown()).describe('代码和数量'),
  text: z.string().nullable().describe('办理人写的说明或原因'),
  contact: z
    .object({
      person: personRef.describe('联系了谁'),
      means: coded(CONTACT_MEANS_LABELS),
      label: z.string(),
      contactedOn: day,
      promisedOn: day.nullable(),
      kept: z.boolean().nullable().describe('答应的办了没有;没有答应日期的为 null'),
      isOver: z.boolean().describe('答应的日子已过'),
    })
    .nullable()
    .describe('电话或上门督促;其他的为 null'),
})
const moment = z.object({
  what: z.literal('moment'),
  at: instant,
  code: z.string(),
  label: z.string(),
  form,
  told: z.array(told),
})
/** Another obligation of the same household, as far as a link to it needs. */
const link = z.object({
  id: z.string(),
  kind: coded(KIND_LABELS),
  title: z.string(),
  state: coded(STATE_LABELS),
  dueOn: day,
  labels: z.record(z.string(), z.string()),
})
export const story = z.object({
  now: instant,
  deadlineId: z.string().nullable().describe('现在所在的期限;没有人持有的为 null'),
  followsFrom: link.nullable().describe('由哪一件而来'),
  followedBy: z.array(link).describe('由它开始的事项:救助落实、监测走访'),
  items: z.array(z.discriminatedUnion('what', [step, moment])).describe('已经发生的,依次'),
  upcoming: z
    .array(
      z.object({
        at: instant,
        code: z.string(),
        label: z.string(),
        form,
        provisional: z.boolean().describe('当年的放假安排尚未公布,日期可能变动'),
        to: z.array(z.object({ person: posted, audience })).describe('照今天的名录会知会谁'),
      }),
    )
    .describe('接下来的提醒和督办'),
})

const field = z.object({
  name: z.enum(codesOf(ACTION_FIELDS)),
  label: z.string(),
  required: z.boolean(),
  schema: z.record(z.string(), z.unknown()).describe('这一项内容的 JSON Schema'),
})
export const possibleActions = z.object({
  version: z.number().describe('办理时放进 If-Match'),
  items: z.array(
    z.object({
      action: z.enum(codesOf(ACTIONS)),
      label: z.string(),
      allowed: z.boolean(),
      late: z.boolean().describe('现在做就算迟了'),
      refusal: z.object({ code: z.string(), message: z.string() }).nullable(),
      onBehalfOf: personRef.nullable().describe('代理谁来办'),
      by: coded(ACTION_BY_LABELS),
      office: officeRef.nullable().describe('由哪个单位的人办理;管理的人不限一个单位'),
      who: z.array(personRef).describe('今天谁可以办理'),
      leadsTo: coded(STATE_LABELS).nullable().describe('办理以后的状态;null 表示状态不变'),
      fields: z.array(field),
    }),
  ),
})
