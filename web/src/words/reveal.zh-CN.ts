/** A household in the clear: why somebody sees it, and what it is. */
export const revealWords = {
  reveal: {
    show: '查看完整信息',
    about: '点一个理由就会显示。每次查看都计数,连同理由记录在案。',
    choose: '常用的理由',
    reasons: {
      visit: '上门走访核查',
      call: '电话联系本户',
      papers: '核对身份证件',
      payment: '核对救助发放',
    },
    other: '其他理由,至少 5 个字',
    see: '按写的理由查看',
    leave: '不看了',
    title: '户的完整信息',
    name: '姓名',
    idNo: '身份证号',
    phone: '电话',
    village: '村(社区)',
    detail: '情况',
    none: '没有登记',
    hides: '{minutes} 分钟后自动隐藏,离开这一页也会隐藏。',
    left: '24 小时内还可以查看 {count} 户。',
    hide: '隐藏',
    print: '连同完整信息打印',
    ways: {
      'reveal-limit': '急着联系的,请承办这一件的同事查看。',
      'second-factor-needed': '开启的地方:',
      anonymised: '这一件的经过和结论还在,照常可以查。',
      'not-found': '可能刚被撤销或去掉。请重新打开这一件看一看。',
    },
    not: {
      no: '户的完整信息由承办和复核这一件的人查看。',
      'second-factor': '查看户的完整信息要先通过两步验证,在这里开启:',
      'sign-in-again': '在这台设备上重新登录之后,可以查看户的完整信息。',
    },
  },
}
