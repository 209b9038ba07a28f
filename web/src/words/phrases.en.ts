import { UNACCOUNTED_LABELS, UNACCOUNTED_UNITS } from '../../../src/domain/escalation/standing-check.ts'
import { codesOf } from '../../../src/domain/obligation/vocabulary.ts'
import { IMPORT_NOTES_EN } from './import-notes.en.ts'
import { labelEn } from './labels.en.ts'
import { bare, matcherOf } from './patterns.ts'
import { UNACCOUNTED_EN } from './standing.en.ts'
import { titleEn } from './titles.en.ts'

/**
 * What the server composes beside its refusals, in English: why somebody was written to, what a part of the system says of
 * itself, what a version of the rules says. `{}` stands for what a phrase names, which may be a phrase itself.
 */
export const PHRASES_EN: Readonly<Record<string, string>> = {
  // Why a mail was sent (services/notifications/recipient-reason.ts).
  收件人的岗位在每周第一个工作日收到一次逾期情况:
    'Whoever holds this post is told on the first working day of each week what is late.',
  收件人的岗位每个工作日收到一次常态核查: 'Whoever holds this post gets the standing check each working day.',
  '更正、放行、日期或人员变动的告知': 'Told of a correction, an override, or a change of days or people.',
  '{}事项的邮件没有送达原收件人,按规则改由收件人接收':
    'A mail about the work of {0} did not reach its reader; by the rules this reader gets it.',
  '{}应告知的岗位没有人,按规则改由收件人接收':
    'Nobody holds the post of {0} that was to be told; by the rules this reader gets it.',
  '收件人是{}的承办人员': 'Performs the work of {0}.',
  '收件人是{}的复核人员': 'Reviews for {0}.',
  '收件人是{}的审批人员': 'Decides on pauses and extensions for {0}.',
  '收件人是{}的接收人员': 'Answers hand-overs for {0}.',
  '收件人是{},{}的事项逾期后按督办层级告知':
    'As {0} told of late work of {1}, step by step of the escalation.',
  '常态核查:一切正常,在办 {} 件都有人盯,没有遗漏':
    'Standing check: all is well, the {0} {0|item in hand is|items in hand are} watched',
  ...Object.fromEntries(
    codesOf(UNACCOUNTED_LABELS).map((code) => [
      `常态核查:${UNACCOUNTED_LABELS[code]} {} ${UNACCOUNTED_UNITS[code] ?? '项'}`,
      `Standing check: ${UNACCOUNTED_EN[code]}`,
    ]),
  ),
  // What a part of the system says of itself (/readyz).
  邮件留在试用邮箱: 'Mail stays in the trial inbox',
  '意外退出,正在重新启动': 'Ended unexpectedly, being started again',
  '{},接管了上次留下的服务': '{0}, taken over from the last run',
  '{},网页 {}': '{0}, pages at {1}',
  '准备中:邮件尚未开放({} 个县)': 'Preparing: mail is not opened yet ({0} {0|county|counties})',
  数据库连不上: 'The database cannot be reached',
  '{}:{} 个县的 {} 封邮件暂停发出': '{0}: {2} {2|mail|mails} of {1} {1|county|counties} {2|is|are} held',
  邮件服务器拒绝了我方的登录: 'The mail server refused our sign-in',
  邮件服务器拒绝了我方的发件地址: 'The mail server refused our sender',
  邮件服务器不肯为我方转发: 'The mail server does not relay for us',
  '邮件服务器以同样的理由拒绝了几位收件人,多半与我方有关':
    'The mail server refused several readers for one reason, most likely ours',
  '邮件服务器连不上,或者十分钟内一封也没有收下':
    'The mail server cannot be reached, or took nothing for ten minutes',
  '缺 {} 年的放假调休安排。在此之前只按法定节假日和周末推算,{} 年的日期都标“暂定”。国务院办公厅的通知公布后,请救助中心或局领导在“工作日历”页录入,或在服务器上用 npm run duban -- calendar add 录入;录入后暂定的限时随即算定。':
    'The holidays of {0} are missing. Until then only holidays by law and weekends count, and days of that year are provisional. Once the notice is published, the relief centre or a leader enters it on the page “Calendar”, or on the server with npm run duban -- calendar add; provisional days are settled at once.',
  '{} 至 {};{}': '{0} to {1}; {2}',
  '{} 至 {}': '{0} to {1}',
  '正在生成演示数据 {} %': 'Demonstration data is being made, {0} %',
  虚构的人和户: 'Invented people and households',
  '另一个进程正在从源码构建 Temporal 服务,等它完成': 'Another process builds Temporal; waiting for it',
  '正在准备从源码构建 Temporal 服务(只需一次,约 4 分钟)':
    'Temporal is about to be built (once, some 4 minutes)',
  '正在从源码构建 Temporal 服务(只需一次,约 4 分钟):{} %':
    'Temporal is being built (once, some 4 minutes): {0} %',
  '正在尝试下载 Temporal 服务(需要外网)': 'Trying to download Temporal (needs the internet)',
  // Moments, as rules name them.
  新任务通知: 'told of new work',
  待复核通知: 'told of work to review',
  退回通知: 'told of the return',
  暂停通知: 'told of the pause',
  延期申请通知: 'told of the request',
  移交通知: 'told of the hand-over',
  通过通知: 'told of acceptance',
  '同一限时加了事项,补发通知': 'told of further work with the same day',
  到期日提醒: 'reminder on the due day',
  '到期日 {} 提醒': 'reminder on the due day, {0}',
  '提前 {} 个工作日提醒': 'reminder {0} working {0|day|days} before',
  '第 {} 级督办': 'escalation, step {0}',
  '第 {} 次重复督办': 'escalation repeated, time {0}',
}

const inPhrases = matcherOf({ ...PHRASES_EN, ...IMPORT_NOTES_EN }, (part) => phraseEn(part))
/** What stands between several, and between them in English. */
const LISTS = [
  [';', '; '],
  ['、', ', '],
] as const

/** A label, a title or a phrase in English, or a list of those; what somebody wrote, and names, stay as they are. */
export function phraseEn(chinese: string): string {
  const quoted = /^“(.+)”$/.exec(chinese)?.[1]
  if (quoted !== undefined) return `“${phraseEn(quoted)}”`
  const said = wholeEn(chinese)
  if (said !== null) return said
  for (const [between, inEnglish] of LISTS) {
    const parts = bare(chinese).split(between).map(wholeEn)
    if (parts.length > 1 && parts.every((part) => part !== null)) return parts.join(inEnglish)
  }
  return chinese
}

function wholeEn(chinese: string): string | null {
  return labelEn(chinese) ?? titleEn(chinese) ?? inPhrases(chinese)
}
