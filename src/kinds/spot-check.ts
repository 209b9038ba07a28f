import { z } from 'zod'
import { coded } from '../domain/fields.ts'
import {
  CHECK_METHOD_LABELS,
  type CheckMethod,
  DEPARTMENT_LABELS,
  type Difference,
  DIFFERENCE_LABELS,
} from '../domain/obligation/sampling-words.ts'
import { plainResult } from './fields.ts'
import { defineKind } from './define-kind.ts'
import type { LedgerColumn, ResultIssue, WrongOf } from './kind.ts'
import { OFFICE, PROGRESS, TITLE } from './ledger-columns.ts'
import { mailWords } from './mail-words.ts'

/** Of a household that was drawn: the sample, and the warning that the town verified, or the household of the roster and its town. */
const facts = z.strictObject({
  sample: z.string().max(100).optional(),
  warning: z.string().max(100).optional(),
  household: z.string().max(100).optional(),
  town: z.string().max(200).optional(),
})
/** Departments come together for it. */
const CONCENTRATED: CheckMethod = 'concentrated'
const result = plainResult.extend({
  method: coded(CHECK_METHOD_LABELS).optional(),
  departments: z
    .array(coded(DEPARTMENT_LABELS))
    .max(10)
    .optional()
    .meta({ description: '集中核查的联合部门', 'x-when': { method: [CONCENTRATED] } }),
  agrees: z.boolean().optional().describe('与镇报送的一致'),
  differs: z.array(coded(DIFFERENCE_LABELS)).max(10).optional(),
})
type Checked = z.infer<typeof result>
type Column = LedgerColumn<z.infer<typeof facts>, Checked>

const METHOD: Column = {
  head: '核查方式',
  width: 12,
  type: 'text',
  value: ({ result: done }) => (done?.method ? CHECK_METHOD_LABELS[done.method] : null),
}
const DEPARTMENTS: Column = {
  head: '联合部门',
  width: 20,
  type: 'text',
  value: ({ result: done }) => done?.departments?.map((code) => DEPARTMENT_LABELS[code]).join('、') ?? null,
}
const FOUND: Column = {
  head: '核查结果',
  width: 24,
  type: 'text',
  value: ({ result: done }) => {
    if (done?.agrees === undefined) return null
    return done.agrees ? '一致' : wordsOf(done.differs ?? [])
  },
}

function wordsOf(differs: readonly Difference[]): string {
  return differs.map((code) => DIFFERENCE_LABELS[code]).join('、')
}

/** 县级抽查 (R18): the county looks for itself whether what was handed in is so. */
export const spotCheck = defineKind({
  code: 'spot-check',
  label: '县级抽查',
  begins: ['person'],
  facts,
  result,
  sampleResult: (pick) => ({
    method: pick(['phone', 'unannounced'] as const),
    agrees: true,
    note: '与镇报送的情况一致',
  }),
  check: ({ facts: { sample }, result: done }) => [
    ...(sample === undefined ? [] : missingIn(done)),
    ...departmentIssues(done),
    ...contradictionsIn(done),
  ],
  foundWrong: ({ facts: known, result: { agrees, differs = [] } }) => {
    const of = checkedOf(known)
    if (of === null || agrees !== false) return []
    return [
      {
        ...{ of, finding: null, sameAs: null, origin: 'spot-check' as const },
        type: differs.includes('should-be-covered') ? ('missed-cover' as const) : ('other' as const),
        words: `县级抽查与镇报送的不一致:${wordsOf(differs)}。`,
      },
    ]
  },
  limit: 'fixed-day',
  household: 'optional',
  title: () => '县级抽查',
  mail: mailWords('开展抽查', '提交抽查结果'),
  ledger: [OFFICE, TITLE, METHOD, DEPARTMENTS, FOUND, ...PROGRESS],
})

/** Whose work was checked: the town of a warning, or of a household of the roster. */
function checkedOf({ warning, town }: z.infer<typeof facts>): WrongOf | null {
  if (warning !== undefined) return { obligation: warning }
  return town === undefined ? null : { office: town }
}

function missingIn({ method, agrees }: Checked): ResultIssue[] {
  const issues: ResultIssue[] = []
  if (method === undefined)
    issues.push({ refused: 'method-required', pointer: '/result/method', message: '请选择核查方式。' })
  if (agrees === undefined)
    issues.push({
      refused: 'agrees-required',
      pointer: '/result/agrees',
      message: '请写明与镇报送的是否一致。',
    })
  return issues
}

/** Who came together is named, and nobody came together for a call. */
function departmentIssues({ method, departments = [] }: Checked): ResultIssue[] {
  const pointer = '/result/departments'
  const together = method === CONCENTRATED
  if (together === departments.length > 0) return []
  return together
    ? [{ refused: 'departments-required', pointer, message: '集中核查请选择和哪些部门一起核查。' }]
    : [
        {
          refused: 'departments-unasked',
          pointer,
          message: '写了联合部门,核查方式却不是集中核查;请改正其中一个。',
        },
      ]
}

/** What differs and whether it agrees must say the same. */
function contradictionsIn({ agrees, differs = [] }: Checked): ResultIssue[] {
  if (agrees === false && differs.length === 0)
    return [
      { refused: 'differs-required', pointer: '/result/differs', message: '结果不一致,请选择哪里不一致。' },
    ]
  if (agrees === true && differs.length > 0)
    return [
      {
        refused: 'differs-unasked',
        pointer: '/result/differs',
        message: '写的是一致,又选了不一致的地方;请改正其中一个。',
      },
    ]
  return []
}
