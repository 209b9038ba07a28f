/** The check list of a county that begins. */
export const beginningWords = {
  beginning: {
    title: '开始:启用前的准备',
    left: '还有 {count} 步没有做完',
    allDone: '都做完了。以后又缺了什么,会再列在这里。',
    missing: '还差 {count} 个:{names}',
    state: {
      done: '已做',
      open: '待做',
    },
    step: {
      offices: '单位',
      people: '每个单位都有人',
      passwords: '每个人都设了密码',
      policy: '本县的规则',
      calendar: '今年的日历',
      'next-calendar': '明年的日历',
      campaign: '今年的行动',
      mail: '开放邮件',
    },
    how: {
      offices: '要有各镇,和承担督办的县直中心。在单位页新建、改名;第一次也可以从文件写入,见使用说明的“开始”一节。',
      people:
        '每个镇要有经办人和分管领导,县局要有分管局领导,救助中心要有人。在人员页一个一个新建,或从文件一次新建;设密码的链接由邮件送到。',
      passwords: '没有设密码的人进不来。在人员页可以重发链接,也可以先发一封测试邮件,看对方服务器怎样答复。',
      policy: '时限、提醒和督办的级次按本县的要求写进规则;示例规则不是国家规定。写法见使用说明。',
      calendar: '今年的放假调休要在日历里,工作日才数得准。',
      'next-calendar': '国务院办公厅的通知公布后,升级本系统,或在服务器上录入;在此之前明年的日期都标“暂定”。',
      campaign:
        '由救助中心或分管局领导启动今年的行动。年中启用的,已过的阶段可以写明当时已经完成;先试算,看第一批会通知谁。',
      mail: '准备期间什么邮件也不发。都准备好以后在这里开放,开放后不能收回。',
    },
  },
}
