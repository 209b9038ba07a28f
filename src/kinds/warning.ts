import { z } from 'zod'
import {
  CAUSE_LABELS,
  codesOf,
  GROUP_LABELS,
  LEVEL_LABELS,
  OUTCOME_LABELS,
  SOURCE_LABELS,
} from '../domain/obligation/vocabulary.ts'
import { counts, importRemark, note, outcome } from './fields.ts'
import { defineKind } from './kind.ts'
import { OFFICE, PROGRESS } from './ledger-columns.ts'
import { mailWords } from './mail-words.ts'

const label = '预警核查'

/** 预警核查 (R1, R2, R5): a town visits a household a department or its own people warned of, and says what follows. */
export const warning = defineKind({
  code: 'warning',
  label,
  begins: ['import', 'person'],
  phase: 'verification',
  facts: z.strictObject({ remarks: z.array(importRemark).optional() }),
  result: z.strictObject({ outcome, note, counts }),
  sampleResult: (pick) => ({ outcome: pick(codesOf(OUTCOME_LABELS)) }),
  refusals: {
    '/result/outcome': {
      refused: 'outcome-required',
      message: '预警核查必须写明核查结论,请选择一个结论再提交。',
    },
  },
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
  ],
})
