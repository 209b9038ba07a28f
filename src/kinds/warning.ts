import { z } from 'zod'
import {
  CAUSE_LABELS,
  codesOf,
  GROUP_LABELS,
  LEVEL_LABELS,
  OUTCOME_LABELS,
  SOURCE_LABELS,
} from '../domain/obligation/vocabulary.ts'
import { EXIT_REASON_LABELS } from '../domain/obligation/result-words.ts'
import { coded } from '../domain/fields.ts'
import { OUTCOMES } from '../domain/obligation/outcomes.ts'
import { counts, importRemark, note, outcome } from './fields.ts'
import { defineKind } from './define-kind.ts'
import type { Done, Facts, Following, ResultIssue } from './kind.ts'
import { OFFICE, PROGRESS } from './ledger-columns.ts'
import { mailWords } from './mail-words.ts'

const label = '预警核查'
/** An exit is recorded with its reason and who decided it (R9). */
const EXIT_ONLY = { 'x-when': { outcome: codesOf(OUTCOMES).filter((code) => OUTCOMES[code].exit) } }
const result = z.strictObject({
  outcome,
  exitReason: coded(EXIT_REASON_LABELS).optional().meta(EXIT_ONLY),
  decidedBy: z.string().trim().min(1).max(50).optional().meta(EXIT_ONLY),
  note,
  counts,
})
type Verified = z.infer<typeof result>

/** 预警核查 (R1, R2, R5): a town visits a household a department or its own people warned of, and says what follows. */
export const warning = defineKind({
  code: 'warning',
  label,
  begins: ['import', 'person'],
  phase: 'verification',
  facts: z.strictObject({ remarks: z.array(importRemark).optional() }),
  result,
  texts: ['decidedBy'],
  sampleResult: (pick) => {
    const ended = pick(codesOf(OUTCOME_LABELS))
    if (!OUTCOMES[ended].exit) return { outcome: ended }
    return { outcome: ended, exitReason: pick(codesOf(EXIT_REASON_LABELS)), decidedBy: '镇长办公会' }
  },
  refusals: {
    '/result/outcome': {
      refused: 'outcome-required',
      message: '预警核查必须写明核查结论,请选择一个结论再提交。',
    },
  },
  check: ({ result: verified }) => exitIssues(verified),
  follows: whatFollows,
  limit: 'working-days',
  household: 'required',
  title: ({ cause, level }) =>
    `${cause ? CAUSE_LABELS[cause] : ''}${level ? LEVEL_LABELS[level] : ''}${label}`,
  mail: mailWords('入户核查', '提交核查结论'),
  ledger: [
    { head: '预警编号', width: 18, type: 'text', value: (row) => row.externalId },
    OFFICE,
    { head: '预警等级', width: 10, type: 'text', value: ({ level }) => level && LEVEL_LABELS[level] },
    { head: '致贫返贫因素', width: 14, type: 'text', value: ({ cause }) => cause && CAUSE_LABELS[cause] },
    { head: '重点人群类别', width: 20, type: 'text', value: ({ group }) => group && GROUP_LABELS[group] },
    { head: '数据来源', width: 14, type: 'text', value: ({ source }) => source && SOURCE_LABELS[source] },
    { head: '发布日期', width: 12, type: 'text', value: (row) => row.issuedOn },
    ...PROGRESS,
    {
      head: '核查结论',
      width: 14,
      type: 'text',
      value: ({ result }) => result && OUTCOME_LABELS[result.outcome],
    },
    {
      head: '退出原因',
      width: 16,
      type: 'text',
      value: ({ result: verified }) =>
        verified?.exitReason ? EXIT_REASON_LABELS[verified.exitReason] : null,
    },
    {
      head: '退出决定人',
      width: 12,
      type: 'text',
      value: ({ result: verified }) => verified?.decidedBy ?? null,
    },
  ],
})

const EXIT_FIELDS = { exitReason: '退出原因', decidedBy: '决定退出的人' } as const

/** An exit says why and by whom; what is no exit says neither. */
function exitIssues(verified: Verified): ResultIssue[] {
  const ended = `结论“${OUTCOME_LABELS[verified.outcome]}”`
  const { exit } = OUTCOMES[verified.outcome]
  return codesOf(EXIT_FIELDS).flatMap((field) => {
    const pointer = `/result/${field}`
    const given = verified[field] !== undefined
    if (exit === given) return []
    const message = exit
      ? `${ended}是退出保障,还要写明${EXIT_FIELDS[field]}。请补上再提交。`
      : `${ended}不是退出保障,却写了${EXIT_FIELDS[field]}。请更正其中一项。`
    return [{ refused: exit ? 'exit-incomplete' : 'bad-result', pointer, message }]
  })
}

/** The eligible are followed up (R8); the ineligible of a key group are visited from time to time (R16). */
function whatFollows({ result: { outcome: ended }, ...of }: Done<Facts, Verified>): Following[] {
  const { next } = OUTCOMES[ended]
  const known = { since: of.issuedOn, ...(of.externalId !== null && { warning: of.externalId }) }
  if (next === 'follow-up')
    return [{ kind: 'follow-up', facts: { ...known, outcome: ended }, visitAfter: null }]
  if (next === 'monitoring' && of.group !== null)
    return [{ kind: 'monitoring-visit', facts: { ...known, visit: 1 }, visitAfter: of.today }]
  return []
}
