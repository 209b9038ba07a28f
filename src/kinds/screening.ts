import { plainResult, plainSample, plannedFacts } from './fields.ts'
import { defineKind } from './kind.ts'
import { OFFICE, PERIOD, PROGRESS, TITLE } from './ledger-columns.ts'
import { mailWords } from './mail-words.ts'

/** 全面排查 (R6): a town goes through one of the five groups, household by household. */
export const screening = defineKind({
  code: 'screening',
  label: '全面排查',
  begins: ['template', 'person'],
  facts: plannedFacts,
  result: plainResult,
  sampleResult: plainSample,
  limit: 'fixed-day',
  household: 'none',
  title: () => '全面排查',
  mail: mailWords('逐户排查', '提交排查结果'),
  ledger: [OFFICE, PERIOD, TITLE, ...PROGRESS],
})
