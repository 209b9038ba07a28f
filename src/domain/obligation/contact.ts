import type { Day } from '../time/days.ts'
import type { Refusal } from './lifecycle.ts'

/** What somebody writes down of a telephone call or a visit. */
export type Contact = { contacted: string; contactedOn: Day; promisedOn?: Day | undefined }

/** Why a telephone call or a visit cannot stand so. @param people those who can be told of it */
export function contactRefusal(
  { contacted, contactedOn, promisedOn }: Contact,
  { today, people }: { today: Day; people: readonly string[] },
): Refusal | null {
  if (!people.includes(contacted))
    return { refused: 'bad-person', field: 'contacted', message: '请选择承办单位的人。' }
  if (contactedOn > today)
    return { refused: 'bad-day', field: 'contactedOn', message: `联系的日期不能晚于今天(${today})。` }
  if (promisedOn !== undefined && promisedOn < contactedOn)
    return { refused: 'bad-day', field: 'promisedOn', message: '答应的日期不能早于联系的那天。' }
  return null
}
