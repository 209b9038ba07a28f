/** Absences that are entered for somebody else. */
export const absenceWords = {
  absences: {
    title: '同事离岗和代理',
    about:
      '同事病了、出差了,自己来不及登记的,在这里替他登记:离岗期间,提醒和权限转给代理人;没有代理人的,提醒由上一级收到。',
    search: '姓名或单位',
    none: '没有您可以替其登记的同事。',
    change: '修改离岗登记',
    endAsk: '从现在起 {name} 按在岗处理:代理结束,提醒和权限回到本人。',
  },
}
