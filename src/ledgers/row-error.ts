/** Why a row did not go in, or not again: one entry for each failing column. */
export type RowError = {
  /** As a spreadsheet counts: the first row of the file is 1. */
  row: number
  column: string
  rule: RowRule
  /** A Chinese sentence that says what to do; it never quotes the household's data. */
  message: string
}

/** How a list with long numbers is exported and opened so that none of their digits is lost. */
export const EXPORT_AS_TEXT =
  '请从平台重新导出,不要双击打开再保存:要先看的,在 WPS 或 Excel 中新建空白表,点“数据 → 导入数据”(Excel 是“数据 → 自文本/CSV”)选这个文件,把身份证号和预警编号两列的格式选为“文本”,再另存为“Excel 工作簿(.xlsx)”后导入。'

/** For whoever mends a cell and does not know what belongs there. */
const LOOK_UP = '不知道的,到平台查这个编号,不要猜。'

/**
 * The rules for a row, with the sentence that says what to do. `duplicate` is counted apart from refused rows. `repeated` is a
 * number that comes twice in one file with different content; `known-number` one that the ledger has with different content, in a file
 * that only raises new warnings.
 */
export const ROW_RULES = {
  'missing-id': '预警编号为空(“无”“-”“自动生成”一类的占位、日期也算空)。请补上平台的预警编号。',
  'too-narrow': '这一格是 ########:表格软件中列太窄,内容没有导出来。请把这一列拉宽后重新导出。',
  'digits-lost': `数字被表格软件改动,末尾几位已经丢失(如 6.19999E+17,末三位变成 000,或 202206020000000 这样末尾全是 0)。${EXPORT_AS_TEXT}`,
  'several-ids': '这一格里有几个预警编号。一行只能是一条预警:请分成几行,每行写一个编号。',
  'personal-number': '预警编号一格里是这一户的身份证号或电话,不是预警编号,可能错了列。请补上平台的预警编号。',
  'name-format': '姓名里有号码、公式,或是乡镇、等级、致贫因素一类的词,不是姓名,可能错了列。请更正这一行。',
  'lost-character': `有的字丢失了(变成 ?、□、锟斤拷一类)或在文件里就被遮住了(王*)。知道是什么字的,补正这一行再导入;${LOOK_UP}许多行都这样的,请从平台重新导出,不要双击打开再保存。`,
  'missing-date': `预警发布时间为空(“无”“-”一类的占位也算空)。请补上平台发布这条预警的时间,写成 2022-08-16 14:03 的样子。${LOOK_UP}`,
  'missing-level': `预警等级为空(“无”“-”“同上”一类的占位也算空)。请按平台补上红色、橙色或黄色。${LOOK_UP}`,
  'missing-town': '乡镇为空(“无”“-”“同上”一类的占位也算空)。请补上本县的乡镇或街道名称。',
  'no-number':
    '没有身份证号。本县的规则不收没有身份证号的户:请补上号码;确实没有的,请在网页督办台账的“发现一户”中单独登记。',
  'bad-date': `预警发布时间不是有效的日期。请写成 2022-08-16 14:03 的样子。${LOOK_UP}`,
  'no-year': `预警发布时间只有月和日,没有年份(如 6月2日),分不清是哪一年。请写成 2022-08-16 14:03 的样子。${LOOK_UP}`,
  'ambiguous-date': `预警发布时间分不清是哪一天(如 02/06/2022,或年份只有两位)。请写成 2022-08-16 14:03 的样子。${LOOK_UP}`,
  'future-date': '预警发布时间晚于今天。请核对日期。',
  'unknown-level': `预警等级只能是红色、橙色或黄色。请更正。${LOOK_UP}`,
  'unknown-town': '本县没有这个乡镇。请核对乡镇名称,外县的预警请退回平台。',
  'foreign-town': '这是外县的乡镇,不能对应到本县的乡镇。请把这条预警退回平台。',
  'other-town':
    '乡镇和村对不上:村(社区)里写的是另一个乡镇(或外县的)。请核对是哪个乡镇,改正其中一格;外县的预警请退回平台。',
  'outside-reach':
    '这是别的乡镇。镇里自己开展的比对,命中名单只登记本镇的户,所以这一行没有登记:乡镇写错的,改正这一格;确是别的镇的户,请交县信息核对中心。',
  'known-number':
    '台账中已有这个预警编号,内容不同。命中名单只登记新的预警,所以这一行没有登记:编号写错的,请换一个编号再导入;要更正台账的,请县救助中心办理。',
  'over-at-source':
    '平台上已不用办理:这一列写着“{found}”,所以没有登记。台账里的这一件要撤销的,把这些编号另存一个文件,按撤回名单导入(命令加 --withdrawals);仍要登记的(如补录以前的),说明这一列不用(命令加 --map 列名=-),再导入。',
  'foreign-place':
    '这一行的省、市、县写的不是本县,所以这是外县的乡镇,不能登记。请把这条预警退回平台;那一列写错了的,更正后再导入。',
  'missing-name': `姓名为空(“无”“/”一类的占位也算空)。请补上姓名。${LOOK_UP}`,
  'id-format':
    '身份证号应为 18 位(旧号码 15 位),且出生日期有效;也不像通行证、居留证或护照的号码。请核对证件。',
  'id-checksum': '身份证号的校验位不对,可能抄错了。请核对证件。',
  'too-long': '内容过长。请缩短后再导入。',
  'column-count': '这一行的列数与表头不一致,可能有未加引号的逗号,或引号不成对。请更正这一行。',
  duplicate: '与本文件第 {first} 行是同一条预警,内容相同,只登记了第 {first} 行。',
  repeated:
    '重复行:本文件第 {first} 行已有这个预警编号,内容却不同。分不清哪一行是对的,所以按先后以第 {first} 行为准,这一行没有登记。请对照两行:编号写错的改正编号,这一行才对的请删去第 {first} 行,再导入。',
} as const

export type RowRule = keyof typeof ROW_RULES

/** @param first the row of the same number further up, for what comes twice */
export function rowError(row: number, column: string, rule: RowRule, first = 0): RowError {
  const message = ROW_RULES[rule].replaceAll('{first}', String(first))
  return { row, column, rule: CODE_OF_RULE[rule] ?? rule, message }
}

/** Says of a cell which of its characters are lost. @param words a sentence without its end, and without the cell's other characters */
export function lostError(row: number, column: string, words: string): RowError {
  return { row, column, rule: 'lost-character', message: lostMessage(words) }
}

/** The sentence of the rule, which begins with what is lost here. */
export function lostMessage(words: string): string {
  const rule = ROW_RULES['lost-character']
  return words + rule.slice(rule.indexOf('。'))
}

/** @param found a word of states, which says nothing of the household */
export function overError(row: number, column: string, found: string): RowError {
  const { message, ...error } = rowError(row, column, 'over-at-source')
  return { ...error, message: message.replace('{found}', found).replace('列名', column) }
}

/**
 * As errors are stored: the row is of another town, or of a town that nobody could read. Where cells are too narrow or have shifted, any
 * cell may be the town's.
 */
export const MAY_BE_OUTSIDE_REACH: readonly string[] = [
  'outside-reach',
  'unknown-town',
  'too-narrow',
  'column-count',
] satisfies RowRule[]

/** An empty cell and a town of another county keep the code of a wrong one, which programs know; the sentence is their own. */
const CODE_OF_RULE: Partial<Record<RowRule, RowRule>> = {
  'missing-date': 'bad-date',
  'no-year': 'bad-date',
  'missing-level': 'unknown-level',
  'missing-town': 'unknown-town',
  'foreign-town': 'unknown-town',
  'other-town': 'unknown-town',
  'foreign-place': 'unknown-town',
}
/** Rules that have several sentences. */
export const RULES_OF_EMPTY_CELLS: readonly RowRule[] = [...new Set(Object.values(CODE_OF_RULE))]

const IN_FILE = ROW_RULES.duplicate.slice(0, ROW_RULES.duplicate.indexOf('{'))

/** Whether a row repeats one of its own file; else the ledger has it. */
export function isRepeatedInFile({ rule, message }: { rule: string; message: string }): boolean {
  return rule === 'duplicate' && message.startsWith(IN_FILE)
}
