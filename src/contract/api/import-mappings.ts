import { z } from 'zod'
import { instant } from './common.ts'

const count = z.number()

const wordFields = z.enum(['level', 'cause', 'group', 'source', 'town'])

/** A word of a file that nobody has explained. */
export const unknownWord = z.object({
  field: wordFields,
  word: z.string(),
  rows: count.describe('有多少行这样写'),
  blocks: z.boolean().describe('true:没有说明就登记不了这些行;false:照样登记,只是这一项留空并备注'),
  formerly: z.string().optional().describe('以前说明过的单位,现在已经没有了'),
})

const wordChoice = z.object({
  ...{ code: z.string(), name: z.string() },
  workingDays: z.number().optional().describe('等级:本县规则要求几个工作日内核查'),
})

/** What an import in `mapping-needed` asks. */
export const mappingAsked = z.object({
  columns: z.array(
    z.object({
      name: z.string().describe('文件中的列名'),
      samples: z.array(z.string()).describe('至多三个值,已遮盖'),
      field: z.string().nullable().describe('看来是哪个字段'),
      confidence: z.enum(['certain', 'likely', 'none']).describe('certain 确定、likely 待确认、none 不认识'),
    }),
  ),
  missing: z.array(z.string()).describe('还没有列对应的字段'),
  mayLack: z.array(z.string()).describe('文件里可以没有的字段:用 without 说明没有,就不再问'),
  sheets: z
    .array(z.object({ name: z.string(), rows: count }))
    .describe('工作簿中可能是预警清单的表,要选一张;只有一张时为空'),
  words: z.array(unknownWord).describe('没有人说明过的词,行数多的在前'),
  choices: z.partialRecord(wordFields, z.array(wordChoice)).describe('这些词可以是什么意思'),
})

/** A mapping of columns, or the meaning of one word, that a county has said. */
export const rememberedMapping = z.object({
  id: z.string(),
  county: z.string(),
  columns: z.record(z.string(), z.string().nullable()).nullable().describe('列名和字段;词没有'),
  sheet: z
    .string()
    .nullable()
    .describe('工作簿有这几张表时,用哪一张;columns 为空对象而没有这一项的:几张都导入过,每次都问'),
  word: z
    .object({
      field: wordFields,
      word: z.string(),
      meaning: z.string(),
      label: z.string().nullable().describe('意思的名称;单位已经没有了的为空'),
    })
    .nullable()
    .describe('词和意思;列的对应没有'),
  file: z.string().nullable().describe('说明时导入的文件;词不计,找不到的为空'),
  createdBy: z.string(),
  createdAt: instant,
  uses: count.nullable().describe('用过多少次;词不计'),
  lastUsedAt: instant.nullable(),
})
