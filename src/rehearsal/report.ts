import { writeFile } from 'node:fs/promises'
import { LINE_TAGS } from '../domain/escalation/notification-kind.ts'
import { actWords } from './played-acts.ts'
import type { Finding, RehearsalReport } from './types.ts'

const FINDINGS = {
  missing: '漏发(该告知而无人收到)',
  doubled: '重发(同一内容告知两次)',
  misdirected: '错发(收到了不该收到的)',
  late: '迟发(晚于应发批次,或提醒晚于到期日)',
  untrue: '现状不实(信中数字与独立计数不同)',
  ofCounty: '常态核查或放行的告知不实、缺失',
  ofLife: '延期、暂停、移交、限时变动和答应的日子告知不实、缺失',
  neverPlayed: '应当演练而一次也没有的操作',
  wrongCount: '名册、逐户记录、配额、抽查、问题、命中、走访、重算或整体移交的件数不一致',
  untold: '逾期未告知(五个工作日内没有邮件说过)',
  weekly: '每周现状缺失,或邮件没有事由',
  tooMany: '一个工作日不止一封(急件除外)',
  unsettled: '未结算的步骤',
  wrongDue: '到期日不一致',
  refusedActions: '被拒绝的操作或导入',
} as const satisfies Partial<Record<keyof RehearsalReport, string>>

export async function writeReport(report: RehearsalReport, path: string): Promise<void> {
  await writeFile(path, `${JSON.stringify(report, null, 2)}\n`)
}

/** What a manager reads: whether anything was missed, doubled, misdirected or late, and how much was played. */
export function summaryOf(report: RehearsalReport): string {
  const { rows, mails, lines } = report
  return [
    `演练 ${report.year} 年(种子 ${report.seed}${report.fault ? `,故意植入故障 ${report.fault}` : ''}):${report.from} 至 ${report.to}`,
    `  预警登记 ${rows.registered} 条,拒绝 ${rows.refused} 条,重复 ${rows.duplicates} 条`,
    `  经办操作 ${countsInWords(report.actions, actWords)}`,
    `  应告知 ${lines.owed} 条(${countsInWords(lines.byKind, tagOf)}),实收 ${lines.got} 条,共 ${mails.total} 封邮件`,
    `  用时 ${report.wallSeconds} 秒,其中等待 ${report.waitSeconds} 秒;${report.steps} 步,${report.httpCalls} 次接口请求`,
    `  每人每周邮件数(周数):${countsInWords(mails.perPersonAndWeek, (weeks) => weeks)}`,
    `  同一封邮件重传 ${report.retransmitted} 次(不算重发)`,
    '',
    ...Object.entries(FINDINGS).flatMap(([name, label]) =>
      findingLines(label, report[name as keyof typeof FINDINGS]),
    ),
    '',
    report.clean ? '结论:应发的每一条都按时、只一次、发给了该收的人。' : '结论:发现问题,见上。',
  ].join('\n')
}

function findingLines(label: string, { count, examples }: Finding): string[] {
  const more = count > examples.length ? [`      ……另有 ${count - examples.length} 条`] : []
  return [`  ${count === 0 ? '✓' : '✗'} ${label}:${count}`, ...examples.map((e) => `      ${e}`), ...more]
}

function tagOf(kind: string): string {
  return (LINE_TAGS as Record<string, string>)[kind] ?? kind
}

function countsInWords(counts: Record<string, number>, wordsOf: (code: string) => string): string {
  return Object.entries(counts)
    .map(([code, n]) => `${wordsOf(code)} ${n}`)
    .join('、')
}
