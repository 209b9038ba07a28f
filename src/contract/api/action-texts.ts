import { z } from 'zod'
import { CONTACT_MEANS_LABELS, SUSPENSION_REASON_LABELS } from '../../domain/obligation/request-words.ts'
import { note } from '../../kinds/fields.ts'
import { coded, day } from './common.ts'

/** What comes with an action in words of one's own. */
export const reasonField = z.string().trim().min(1, '请写明原因').max(500)
export const noteField = note

const workingDays = z.number().int('写整数个工作日').min(1).max(60)
/** Every field of an action but a result, which depends on the kind. */
export const actionFields = {
  reason: reasonField,
  note: noteField,
  reasonCode: coded(SUSPENSION_REASON_LABELS),
  until: day.describe('最晚暂停到这一天,到时自动恢复'),
  days: workingDays.describe('申请延长几个工作日'),
  means: coded(CONTACT_MEANS_LABELS),
  contacted: z.string().min(1, '请选择联系了谁').max(100).describe('承办单位人员的 id'),
  contactedOn: day.describe('哪天联系的'),
  said: reasonField.describe('对方怎么说、答应了什么'),
  promisedOn: day.optional().describe('答应哪天办完;没有答应的不填'),
  toOffice: z.string().min(1, '请选择移交给哪个单位').max(100).describe('接收单位的代码'),
  person: z.string().min(1, '请选择分给哪一位').max(100).describe('本单位人员的 id'),
  grantedDays: workingDays.optional().describe('批准几个工作日;不填即照申请'),
}
