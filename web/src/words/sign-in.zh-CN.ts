/** Signing in, and passwords. */
export const signInWords = {
  signIn: {
    title: '登录',
    email: '工作邮箱',
    password: '密码',
    code: '动态口令',
    codeHint: '开启了两步验证时填写 6 位数字',
    submit: '登录',
    forgotten: '忘记密码',
    demo: '这是演示:点一个人,就以他的身份查看。每个人看到的不同。',
    as: '以{role}登录',
    byPassword: '用密码登录',
  },
  forgotten: {
    title: '忘记密码',
    submit: '发送重设链接',
    sent: '如果这个邮箱在系统中登记过,重设密码的链接已经发出,一小时内有效。没有收到?看看垃圾邮件,或联系县救助中心。',
    back: '回到登录',
  },
  setPassword: {
    title: '设置密码',
    rule: '至少 12 个字符,可以是一句话;不要用常见的密码、姓名或邮箱。',
    next: '新密码',
    submit: '保存并登录',
    signInNext: '密码已保存。您开启了两步验证,请登录。',
    resetTitle: '重设密码',
    until: '这个链接只能用一次,{at}(北京时间)前有效。',
    dead: {
      used: '这个链接已经用过,或已经由后来的一封邮件代替。',
      expired: '这个链接已经过期。',
      unknown: '这个链接不完整或不是督办发出的。请从邮件里重新点开,或复制完整的地址。',
    },
    another: '在这里填工作邮箱,新的链接会发到邮箱里;收不到的,请联系县救助中心或系统管理员。',
    askAnother: '再要一个链接',
  },
}
