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
  'missing-id': '预警编号为空。请补上平台的预警编号。',
  'bad-date': '预警发布时间不是有效的日期。请写成 2022-08-16 14:03 的样子。',
  'future-date': '预警发布时间晚于今天。请核对日期。',
  'unknown-level': '预警等级只能是红色、橙色或黄色。请更正。',
  'unknown-town': '本县没有这个乡镇。请核对乡镇名称,外县的预警请退回平台。',
  'missing-name': '姓名为空。请补上姓名。',
  'id-format':
    '身份证号应为 18 位,且出生日期有效。请核对;若曾用 Excel 打开过,号码可能已变形,请重新从平台导出。',
  'id-checksum': '身份证号的校验位不对,可能抄错了。请核对证件。',
  'unknown-cause': '致贫返贫因素不在名录中。请改为因病、因学、因残、因失业、因灾、因疫之一,或留空。',
  'unknown-group': '重点人群类别不在四类重点人群中。请更正或留空。',
  'unknown-source': '数据来源部门不在名录中。请更正或留空。',
  'bad-phone': '联系电话不像电话号码。请更正或留空。',
  'too-long': '内容过长。请缩短后再导入。',
  'column-count': '这一行的列数与表头不一致,可能有未加引号的逗号。请更正这一行。',
  duplicate: '与本文件中前面的一行是同一条预警,内容相同,未重复登记。',
  changed: '本文件前面已有这个预警编号,但内容不同;按前面一行登记,请核对。',
} as const

export type RowRule = keyof typeof ROW_RULES

export function rowError(row: number, column: string, rule: RowRule): RowError {
  return { row, column, rule, message: ROW_RULES[rule] }
}
