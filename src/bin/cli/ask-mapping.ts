import { COLUMNS } from '../../ledgers/columns.ts'
import { isHeadOfHousehold } from '../../ledgers/head-of-household.ts'
import { fieldNamed } from '../../ledgers/word-meanings.ts'
import { type Ask, askUntil, chosen, isNone } from './ask-until.ts'
import { askWords } from './ask-words.ts'
import { type Asked, type AskedColumn, HEAD_OF_HOUSEHOLD, samplesOf } from './mapping-asked.ts'
import { fieldLabel, type SaidMapping } from './said-mapping.ts'

export type { Ask } from './ask-until.ts'

const FIELD_LIST = Object.values(COLUMNS).join('、')

/**
 * Asks what an import does not know: its sheet, its columns, its words. @param takeMore is given the other sheets where all of
 * them are wanted
 */
export async function askMapping(
  asked: Asked,
  ask: Ask,
  takeMore?: (sheets: string[]) => void,
): Promise<SaidMapping> {
  if (asked.sheets.length > 0)
    return { columns: {}, words: {}, sheet: await askSheet(asked.sheets, ask, takeMore) }
  const { columns, without } = await askColumns(asked, ask)
  const words = await askWords(asked, ask)
  const answered = Object.keys(columns).length + Object.keys(words).length + without.length > 0
  const left = answered || asked.words.length === 0 ? false : await askToRefuse(ask)
  return { columns, words, ...(without.length > 0 && { without }), ...(left && { refuseUnknown: true }) }
}

const ALL_SHEETS = '全部,一张接一张'

async function askSheet(
  sheets: Asked['sheets'],
  ask: Ask,
  takeMore?: (sheets: string[]) => void,
): Promise<string> {
  const names = sheets.map(({ name }) => name)
  const rows = sheets.map(({ name, rows }) => `${name}(${rows} 行)`)
  const list = [...rows, ...(takeMore ? [ALL_SHEETS] : [])].map((what, i) => `  ${i + 1} ${what}`).join('\n')
  const picked = await askUntil(ask, `工作簿里有几张表,要导入哪一张?\n${list}\n写序号或表名:`, (answer) =>
    chosen(takeMore ? [...names, ALL_SHEETS] : names, answer),
  )
  if (picked !== ALL_SHEETS || names.includes(picked)) return picked
  const [first = '', ...rest] = names
  takeMore?.(rest)
  return first
}

/** One question for each column that is likely, then one for each field that has no column. */
async function askColumns({ columns, missing, mayLack }: Asked, ask: Ask): Promise<SaidColumns> {
  const said: SaidColumns = { columns: {}, without: [] }
  const likely = columns.filter((column) => column.confidence === 'likely')
  for (const column of likely) said.columns[column.name] = await askColumn(column, ask)
  const proposed = likely.flatMap(({ field }) => field ?? [])
  for (const field of new Set([...missing, ...proposed])) {
    if (Object.values(said.columns).includes(field)) continue
    const unused = columns.filter(({ name, confidence }) => confidence === 'none' && !(name in said.columns))
    const name = await askMissing(field, unused, mayLack, ask)
    if (name === undefined) said.without.push(field)
    else if (name !== null) said.columns[name] = field
  }
  return said
}

type SaidColumns = { columns: Record<string, string | null>; without: string[] }

/** The column of a field that has none yet; undefined where the file has none for it, null where nothing can be said. */
async function askMissing(
  field: string,
  unused: readonly AskedColumn[],
  mayLack: readonly string[],
  ask: Ask,
): Promise<string | null | undefined> {
  if (unused.length > 0) return (await askField(field, unused, mayLack, ask)) ?? undefined
  if (!mayLack.includes(field)) return null
  // Of the others nobody need be asked: no column is left for them.
  return field !== 'idNo' || (await askWithoutNumbers(ask)) ? undefined : null
}

async function askWithoutNumbers(ask: Ask): Promise<boolean> {
  return askUntil(
    ask,
    '文件里没有“身份证号”的列,别的列都用上了。写 y 则按姓名和住址登记,逐户备注“没有身份证号”;回车则先停下,请在平台导出时选上这一列:',
    (answer) => (answer === '' ? false : /^(y|yes|是)$/i.test(answer) ? true : undefined),
    '请写 y,或按回车。',
  )
}

async function askColumn(column: AskedColumn, ask: Ask): Promise<string | null> {
  const proposal = column.field === null ? '' : `,看来是“${fieldLabel(column.field)}”${headHint(column)}`
  const question = `列“${column.name}”${samplesOf(column)}${proposal}。回车接受;- 表示不用;或写字段:`
  return askUntil(
    ask,
    question,
    (answer) => {
      if (answer === '') return column.field
      return isNone(answer) ? null : fieldNamed(answer)
    },
    `可以写:${FIELD_LIST}。`,
  )
}

function headHint(column: AskedColumn): string {
  return isHeadOfHousehold(column) ? HEAD_OF_HOUSEHOLD : ''
}

async function askField(
  field: string,
  free: readonly AskedColumn[],
  mayLack: readonly string[],
  ask: Ask,
): Promise<string | null> {
  const list = free.map((column, i) => `  ${i + 1} ${column.name}${samplesOf(column)}`).join('\n')
  const needed = !mayLack.includes(field)
  const without = needed ? '这一项必须有' : '回车表示文件里没有'
  return askUntil(
    ask,
    `没有找到“${fieldLabel(field)}”的列。还没有用到的列:\n${list}\n是哪一列?写序号或列名(${without}):`,
    (answer) => {
      if (answer === '' || isNone(answer)) return needed ? undefined : null
      return chosen(
        free.map(({ name }) => name),
        answer,
      )
    },
    needed ? '没有这一项就不能登记预警;要停下请按 Ctrl+C。' : '请写上面的序号或列名。',
  )
}

async function askToRefuse(ask: Ask): Promise<boolean> {
  const answer = await ask('这些词都没有说明。写 y 则拒绝这些行、登记其余的;回车则先停下:')
  return /^(y|yes|是)$/i.test(answer.trim())
}
