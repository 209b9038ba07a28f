import { z } from 'zod'
import { coded, day } from '../domain/fields.ts'
import { METHOD_LABELS, PERIOD_LABELS } from '../domain/obligation/result-words.ts'
import { type Kind, SOURCE_LABELS } from '../domain/obligation/vocabulary.ts'
import type { Day } from '../domain/time/days.ts'
import { note, plainResult, quantity, reason } from './fields.ts'
import { defineKind } from './define-kind.ts'
import type { LedgerColumn, ResultIssue } from './kind.ts'
import { OFFICE, PARTNER, PERIOD, PROGRESS, TITLE } from './ledger-columns.ts'
import type { ListedHits } from './listed-hits.ts'
import { mailWords } from './mail-words.ts'
import { dayIssues } from './result-days.ts'

export const comparisonFacts = z.strictObject({
  partner: coded(SOURCE_LABELS).optional(),
  period: coded(PERIOD_LABELS).optional(),
})
export const comparisonResult = z.strictObject({
  day,
  compared: quantity,
  hits: quantity,
  raised: quantity,
  how: coded(METHOD_LABELS),
  digest: z
    .string()
    .trim()
    .regex(/^[0-9a-f]{64}$/i, '要是 64 位十六进制的 SHA-256 校验值')
    .optional(),
  reason,
  note,
})
type Facts = z.infer<typeof comparisonFacts>
type Result = z.infer<typeof comparisonResult>

/** Whether an item of a template, or an obligation, is a comparison. */
export function isComparison({ kind }: { kind: Kind }): boolean {
  return kind === comparison.code
}

/** 数据比对 (R3, R4): a centre, or a town for itself, compares its lists with those of a partner department. */
export const comparison = defineKind<Facts, Result>({
  code: 'comparison',
  label: '数据比对',
  begins: ['template', 'person'],
  facts: comparisonFacts,
  statedFacts: comparisonFacts,
  result: comparisonResult,
  storedResult: z.union([comparisonResult, plainResult]),
  texts: ['reason'],
  sampleResult: (pick, { today }) => {
    const [compared, hits, raised] = pick([
      [4_200, 31, 12],
      [11_650, 58, 23],
      [860, 0, 0],
    ] as const)
    return { day: today, compared, hits, raised, how: pick(['id-number', 'interface', 'platform'] as const) }
  },
  check: ({ facts, result, today, issuedOn, listed = null }) => [
    ...dayIssues(
      { label: '比对', on: result.day, pointer: '/result/day', refused: 'bad-day' },
      { label: '本项工作起算的', on: earliest(facts, issuedOn) },
      today,
    ),
    ...countIssues(result),
    ...(listed && result.reason === undefined ? fileIssues(result, listed) : []),
  ],
  limit: 'fixed-day',
  household: 'none',
  title: ({ facts: { partner, period } }) =>
    `${partner ? `与${SOURCE_LABELS[partner]}` : ''}${period ? PERIOD_LABELS[period] : ''}数据比对`,
  mail: mailWords('开展数据比对', '提交比对结果'),
  ledger: [
    OFFICE,
    PARTNER,
    PERIOD,
    TITLE,
    column('比对日期', 12, 'text', (result) => result.day),
    column('比对条数', 10, 'number', (result) => result.compared),
    column('命中条数', 10, 'number', (result) => result.hits),
    column('产生预警条数', 12, 'number', (result) => result.raised),
    column('比对方式', 20, 'text', (result) => METHOD_LABELS[result.how]),
    ...PROGRESS,
  ],
})

/** A column of what was handed in; empty for what an earlier release took. */
function column(
  head: string,
  width: number,
  type: 'text' | 'number',
  cell: (result: Result) => string | number,
): LedgerColumn<Facts, Result> {
  const value = ({ result }: { result: Result | null }) => result && cell(result)
  return { head, width, type, value }
}

/** The first day of its part of the year: what was compared before the campaign was launched counts too. */
function earliest({ period }: Facts, issuedOn: Day): Day {
  return `${issuedOn.slice(0, 4)}-${period === 'H2' ? '07' : '01'}-01`
}

function countIssues({ compared, hits, raised, reason: why }: Result): ResultIssue[] {
  return [
    ...(hits > compared
      ? issueAt('hits', `命中 ${hits} 条,多于比对的 ${compared} 条;请核对这两个数后再提交。`)
      : []),
    ...(raised > hits && why === undefined
      ? issueAt('raised', `产生预警 ${raised} 条,多于命中的 ${hits} 条;请改正,或${GIVE_REASON}。`)
      : []),
  ]
}

/** What is told of a comparison is what its files of hits came to, or there is a reason why not. */
function fileIssues({ hits, raised }: Result, listed: ListedHits): ResultIssue[] {
  if (listed.waiting > 0) return issueAt('raised', waitingWords(listed))
  return [
    ...(listed.rows > hits
      ? issueAt(
          'hits',
          `命中填的是 ${hits} 条,命中名单有 ${listed.rows} 行;请改正其中一个,或${GIVE_REASON}。`,
        )
      : []),
    ...(listed.raised === raised
      ? []
      : issueAt(
          'raised',
          `产生预警填的是 ${raised} 条,命中名单登记了 ${listed.raised} 条;请改正其中一个,或${GIVE_REASON}。`,
        )),
  ]
}

/** Of a file that they cannot settle, such as one of an office that had the comparison before, it is said who can. */
function waitingWords({ waiting, elsewhere = 0, cancelledBy = [] }: ListedHits): string {
  const many = `还有 ${waiting} 个命中名单没有登记,产生了几条预警还不知道;`
  if (elsewhere === 0) return `${many}请先登记或取消,或${GIVE_REASON}。`
  const whose = cancelledBy.join('、')
  const who = whose === '' ? '请县救助中心登记或取消' : `请${whose}在“导入”里取消,或请县救助中心登记或取消`
  const others = `其中 ${elsewhere} 个不归本单位处理,${who}`
  return elsewhere === waiting
    ? `${many}${others};也可以${GIVE_REASON}。`
    : `${many}${others};其余的请先登记或取消;也可以${GIVE_REASON}。`
}

const GIVE_REASON = '在“原因”中写明为什么'

function issueAt(field: 'hits' | 'raised', message: string): ResultIssue[] {
  return [{ refused: 'bad-count', pointer: `/result/${field}`, message }]
}
