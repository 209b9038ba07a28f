import { z } from 'zod'
import { coded } from '../domain/fields.ts'
import {
  NO_EVIDENCE_LABELS,
  PROBLEM_ORIGIN_LABELS,
  PROBLEM_TYPE_LABELS,
} from '../domain/obligation/problem-words.ts'
import type { Kind } from '../domain/obligation/vocabulary.ts'
import { plainResult, plannedFacts } from './fields.ts'
import { defineKind } from './define-kind.ts'
import type { LedgerColumn, LedgerProblem, ResultIssue } from './kind.ts'
import { OFFICE, PROGRESS, TITLE } from './ledger-columns.ts'
import { mailWords } from './mail-words.ts'

/** An item of a template has neither: it stands for the list of a town, not for one problem. */
const facts = plannedFacts.extend({
  origin: coded(PROBLEM_ORIGIN_LABELS).optional(),
  type: coded(PROBLEM_TYPE_LABELS).optional(),
  /** The person of the office who answers for it, where it is one of its people. */
  responsible: z.string().max(100).optional(),
})
type ProblemFacts = z.infer<typeof facts>

const result = plainResult.extend({
  // The page of an item lists its files itself: a form shows no field of this format.
  evidence: z
    .array(z.string().max(100).meta({ format: 'attachment' }))
    .max(50)
    .optional()
    .describe('附件的编号;不写就是全部'),
  noEvidence: coded(NO_EVIDENCE_LABELS).optional(),
})
type ProblemResult = z.infer<typeof result>

/** What stands in the ledger where an item is the task of a whole list: a reader who counts problems leaves it out. */
const OF_LIST = '(全镇清单的任务)'

const ORIGIN: LedgerColumn<ProblemFacts, ProblemResult> = {
  head: '问题来源',
  width: 12,
  type: 'text',
  value: ({ facts: { origin } }) => (origin ? PROBLEM_ORIGIN_LABELS[origin] : OF_LIST),
}
const TYPE: LedgerColumn<ProblemFacts, ProblemResult> = {
  head: '问题类型',
  width: 12,
  type: 'text',
  value: ({ facts: { type } }) => (type ? PROBLEM_TYPE_LABELS[type] : null),
}
const EVIDENCE: LedgerColumn<ProblemFacts, ProblemResult> = {
  head: '佐证材料',
  width: 24,
  type: 'text',
  value: ({ result: handedIn }) => evidenceWords(handedIn),
}

function ofProblem(head: string, width: number, field: keyof LedgerProblem): typeof EVIDENCE {
  return { head, width, type: 'text', value: ({ problem }) => problem?.[field] ?? null }
}

function evidenceWords(handedIn: ProblemResult | null): string | null {
  const { evidence = [], noEvidence } = handedIn ?? {}
  if (evidence.length > 0) return `附件 ${evidence.length} 份`
  return noEvidence ? NO_EVIDENCE_LABELS[noEvidence] : null
}

/** 问题整改 (R10, R15): a problem somebody found is put right and struck off the list. */
export const rectification = defineKind({
  code: 'rectification',
  label: '问题整改',
  begins: ['template', 'person'],
  phase: 'zero-out',
  facts,
  statedFacts: z.strictObject(
    {},
    { error: '有来源和类型的问题请用 POST /v1/problems 登记,才会进入问题清单。' },
  ),
  result,
  takesEvidence: true,
  sampleResult: (pick) => ({ note: '已整改到位', noEvidence: pick(['on-paper', 'on-site'] as const) }),
  check: ({ facts: known, result: handedIn }) => (known.origin === undefined ? [] : missingIn(handedIn)),
  limit: 'fixed-day',
  household: 'none',
  title: ({ facts: { origin, type } }) => titleOf(origin, type),
  mail: mailWords('整改到位', '报送销号材料'),
  ledger: [
    OFFICE,
    ORIGIN,
    TYPE,
    TITLE,
    ofProblem('问题', 40, 'wrong'),
    ofProblem('整改措施', 40, 'measure'),
    ofProblem('责任人', 12, 'responsible'),
    ...PROGRESS,
    EVIDENCE,
    ofProblem('销号编号', 16, 'strikeOff'),
  ],
})

function titleOf(origin: ProblemFacts['origin'], type: ProblemFacts['type']): string {
  if (origin === undefined) return '问题清单整改销号'
  const what = type === undefined || type === 'other' ? '' : PROBLEM_TYPE_LABELS[type]
  return `${PROBLEM_ORIGIN_LABELS[origin]}发现的${what}问题整改`
}

/** A problem that is put right, or the task of an office to put right all of its list. */
export function isRectification({ kind }: { kind: Kind }): boolean {
  return kind === rectification.code
}

/** What was done and what shows it: one of them missing, the county could not review it. */
function missingIn({ note, evidence = [], noEvidence }: ProblemResult): ResultIssue[] {
  const issues: ResultIssue[] = []
  if (!note)
    issues.push({
      refused: 'note-required',
      pointer: '/result/note',
      message: '请写明整改情况:做了什么、结果怎样。',
    })
  if (evidence.length === 0 && noEvidence === undefined)
    issues.push({
      refused: 'evidence-required',
      pointer: '/result/evidence',
      message: '请上传至少一份佐证材料并在提交时选上,或者选择没有附件的原因。',
    })
  return issues
}
