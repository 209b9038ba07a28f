/** Why a row did not go in, or not again: one entry for each failing column. */
export type RowError = {
  /** As a spreadsheet counts: the first row of the file is 1. */
  row: number
  column: string
  rule: RowRule
  /** A Chinese sentence that says what to do; it never quotes the household's data. */
  message: string
}

/**
 * The rules for a row, with the sentence that says what to do. `duplicate` and `changed` are counted apart from
 * refused rows.
 */
export const ROW_RULES = {
  'missing-id': '预警编号为空(“无”“-”“自动生成”一类的占位也算空)。请补上平台的预警编号。',
  'too-narrow': '这一格是 ########:表格软件中列太窄,内容没有导出来。请把这一列拉宽后重新导出。',
  'digits-lost':
    '数字被表格软件改动,末尾几位已经丢失(如 6.19999E+17,或末三位变成 000)。请从平台重新导出;要用 Excel 或 WPS 打开的,先把这一列设为“文本”。',
  'lost-character':
    '有的字丢失了或被遮住了(变成 ?、□、*、锟斤拷一类)。请从平台重新导出完整的内容,另存时选“CSV UTF-8(逗号分隔)”。',
  'bad-date': '预警发布时间不是有效的日期。请写成 2022-08-16 14:03 的样子。',
  'ambiguous-date':
    '预警发布时间分不清是哪一天(如 02/06/2022,或年份只有两位)。请写成 2022-08-16 14:03 的样子。',
  'future-date': '预警发布时间晚于今天。请核对日期。',
  'unknown-level': '预警等级只能是红色、橙色或黄色。请更正。',
  'unknown-town': '本县没有这个乡镇。请核对乡镇名称,外县的预警请退回平台。',
  'missing-name': '姓名为空(“无”“/”一类的占位也算空)。请补上姓名。',
  'id-format':
    '身份证号应为 18 位(旧号码 15 位),且出生日期有效;也不像通行证、居留证或护照的号码。请核对证件。',
  'id-checksum': '身份证号的校验位不对,可能抄错了。请核对证件。',
  'too-long': '内容过长。请缩短后再导入。',
  'column-count': '这一行的列数与表头不一致,可能有未加引号的逗号,或引号不成对。请更正这一行。',
  duplicate: '与本文件中前面的一行是同一条预警,内容相同,未重复登记。',
  changed: '本文件前面已有这个预警编号,但内容不同;按前面一行登记,请核对。',
} as const

export type RowRule = keyof typeof ROW_RULES

export function rowError(row: number, column: string, rule: RowRule): RowError {
  return { row, column, rule, message: ROW_RULES[rule] }
}
