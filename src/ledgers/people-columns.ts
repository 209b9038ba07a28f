import type { ListForm } from './list-form.ts'

/** A list of people with their roles 人员名单. */
export const PEOPLE_LIST: ListForm<PeopleColumn> = {
  columns: {
    name: ['姓名', '人员', '人员姓名', '名字', 'name'],
    email: ['邮箱', '电子邮箱', '邮箱地址', '电子邮件', 'email'],
    office: ['单位', '所在单位', '工作单位', '单位名称', '乡镇', '镇', 'office'],
    role: ['角色', '岗位', '职责', 'role'],
    from: ['开始', '开始日期', '起始日期', 'from'],
    until: ['结束', '结束日期', '截止日期', 'until'],
  },
  required: ['name', 'email', 'office', 'role'],
  personal: [],
  missing: (names) =>
    `没有找到人员名单的这些列:${names.join('、')}。请在表头写上姓名、邮箱、单位、角色(还可以有开始、结束)后再导入。`,
}
export type PeopleColumn = 'name' | 'email' | 'office' | 'role' | 'from' | 'until'
