import { importFieldZhCN, importsZhCN } from './imports.zh-CN.ts'
import { followWords } from './follow.zh-CN.ts'
import { beginningWords } from './beginning.zh-CN.ts'
import { rulesWords } from './rules.zh-CN.ts'
import { accountWords } from './account.zh-CN.ts'
import { absenceWords } from './absences.zh-CN.ts'
import { adminWords } from './admin.zh-CN.ts'
import { campaignWorkZhCN } from './campaign-work.zh-CN.ts'
import { formsZhCN } from './forms.zh-CN.ts'
import { mailWords } from './mails.zh-CN.ts'
import { conflictWords } from './conflict.zh-CN.ts'
import { handOverWords } from './hand-overs.zh-CN.ts'
import { postponementWords } from './postponements.zh-CN.ts'
import { problemWords } from './problems.zh-CN.ts'
import { revealWords } from './reveal.zh-CN.ts'
import { rosterWords } from './roster.zh-CN.ts'
import { statisticsWords } from './statistics.zh-CN.ts'
import { signInWords } from './sign-in.zh-CN.ts'
import { overviewWords } from './overview.zh-CN.ts'
import { listWords } from './list.zh-CN.ts'
import { itemWords } from './item.zh-CN.ts'
import { codeWords } from './codes.zh-CN.ts'

/** Every text of the app in Chinese, which comes first; en.ts has the same keys. `{name}` is a parameter. */
export const zhCN = {
  product: '督办',
  menu: {
    label: '主菜单',
    overview: '总览',
    obligations: '督办台账',
    review: '逐件复核',
    campaignWork: '专项工作',
    comparisons: '数据比对',
    screenings: '全面排查',
    problems: '问题整改',
    handOvers: '移交',
    roster: '重点人群名册',
    samples: '县级抽查',
    statistics: '统计',
    rules: '时限规则',
    yearPlan: '年度行动',
    imports: '导入',
    mails: '邮件',
    inbox: '试用邮箱',
    api: '接口文档',
    account: '我的账号',
    open: '菜单',
    admin: '管理',
    signOut: '退出',
    skip: '跳到内容',
  },
  theme: { label: '明暗', light: '浅色', dark: '深色', system: '随系统' },
  language: { label: '语言', zh: '中文', en: 'English' },
  state: {
    loading: '正在读取…',
    unreachable: '没有连上服务器。请检查网络;写下的内容没有丢。',
    uploadLost: '没有连上服务器,文件没有传完。请检查网络后再选一次;没有登记任何内容。',
    unexplained: '服务器没有给出说明(HTTP {status})。请稍后再试。',
    fault: '页面出错:{what}',
    partsUnknown: '没有问到系统各部分的状态。请稍后再试。',
    offline: '没有网络。写下的内容留在这台设备上,连上后可以继续。',
    shownSince: '看到的是存在本机的内容,存于',
    refreshing: '正在更新,先显示存在本机的内容,存于',
    retry: '再试一次',
    requestId: '编号 {id},告诉管理员就能查到经过',
    demo: '演示数据:人和户都是虚构的。',
    demoClock: '业务时间是 {at}(北京时间),不是现在。',
    trial: '试用:邮件没有真的发出,只进试用邮箱。',
  },
  form: formsZhCN,
  importField: importFieldZhCN,
  imports: importsZhCN,
  table: { scrolls: '左右滑动,看其余的列' },
  ledger: {
    download: '下载工作台账(Excel)',
    ofKind: '下载{kind}台账(Excel)',
    monitoring: '下载监测台账(Excel)',
    discovery: '下载主动发现台账(Excel)',
  },
  lost: { title: '没有这个页面', home: '回到总览' },
  ...conflictWords,
  ...postponementWords,
  ...handOverWords,
  ...campaignWorkZhCN,
  ...followWords,
  ...mailWords,
  ...problemWords,
  ...revealWords,
  ...rosterWords,
  ...statisticsWords,
  ...beginningWords,
  ...rulesWords,
  ...accountWords,
  ...absenceWords,
  ...adminWords,
  ...signInWords,
  ...overviewWords,
  ...listWords,
  ...itemWords,
  ...codeWords,
}

export type Words = typeof zhCN
