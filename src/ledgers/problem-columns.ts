import type { ListForm } from './list-form.ts'

/** A list of problems 问题清单. */
export const PROBLEM_LIST: ListForm<ProblemColumn> = {
  columns: {
    office: ['整改单位', '责任单位', '承办单位', '涉及镇', '涉及单位', '乡镇', '镇', '单位'],
    origin: ['问题来源', '来源', '发现渠道', '问题来源渠道'],
    type: ['问题类型', '问题类别', '类型', '类别'],
    wrong: ['存在问题', '问题', '问题描述', '问题内容', '具体问题', '主要问题'],
    dueOn: ['整改期限', '整改时限', '完成时限', '完成期限', '到期日', '截止日期', '整改完成时限'],
    measure: ['整改措施', '措施', '整改要求'],
    responsible: ['责任人', '整改责任人', '负责人', '承办人'],
    title: ['问题名称', '名称', '标题'],
  },
  required: ['office', 'origin', 'type', 'wrong', 'dueOn'],
  personal: [],
  missing: (names) =>
    `没有找到问题清单的这些列:${names.join('、')}。请在表头写上整改单位、问题来源、问题类型、存在问题、整改期限(还可以有整改措施、责任人、问题名称)后再导入。`,
}
export type ProblemColumn =
  'office' | 'origin' | 'type' | 'wrong' | 'dueOn' | 'measure' | 'responsible' | 'title'
