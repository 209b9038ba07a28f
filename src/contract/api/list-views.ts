import { z } from 'zod'
import { instant, officeRef } from './common.ts'
import { askedFields, sortField } from './obligation-filter.ts'

const MOST_LOOKED_AT = 200
/** What the column holds. */
const MOST_VERSIONS = 2_147_483_647

/** A question of the list, as an address has it. */
const viewQuery = z.strictObject({ ...askedFields, sort: sortField.optional() })

export const newListView = z.strictObject({
  name: z.string().trim().min(1).max(40).describe('名称;不要写户的个人信息'),
  office: z.string().max(200).optional().describe('共用给能看这个单位的人;不给则只有自己看到'),
  query: viewQuery.describe('GET /v1/obligations 的条件和排序'),
})
export const listView = z.object({
  id: z.string(),
  name: z.string(),
  own: z.boolean().describe('自己保存的,可以去掉'),
  office: officeRef.nullable().describe('共用给哪个单位;null 为只有自己看到'),
  query: z.record(z.string(), z.string()).describe('GET /v1/obligations 的条件和排序'),
  createdAt: instant,
})

const id = z.string().max(100)
/** Ids behind each other: they stand in an address. */
export const seenQuery = z.strictObject({
  ids: z
    .string()
    .max(MOST_LOOKED_AT * 40)
    // Nothing that grows when it is written in an address: all of them must fit its longest line.
    .regex(/^[\w,-]*$/, '编号只有字母、数字和下划线')
    .default('')
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .describe(`事项的编号,用逗号隔开,最多 ${MOST_LOOKED_AT} 件`),
})
const seenVersion = z.object({ id, version: z.number().int().min(0).max(MOST_VERSIONS) })
export const seenItems = z.strictObject({ items: z.array(seenVersion).min(1).max(MOST_LOOKED_AT) })
export const seenAnswer = z.object({ items: z.array(seenVersion) })
