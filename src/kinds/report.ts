import { plainResult, plainSample, plannedFacts } from './fields.ts'
import { defineKind } from './define-kind.ts'
import { OFFICE, PERIOD, PROGRESS, TITLE } from './ledger-columns.ts'
import { mailWords } from './mail-words.ts'

/** 报表报送 (R19): a centre hands in the statistics and ledgers of a part of the year. */
export const report = defineKind({
  code: 'report',
  label: '报表报送',
  begins: ['template', 'person'],
  facts: plannedFacts,
  result: plainResult,
  sampleResult: plainSample,
  limit: 'fixed-day',
  household: 'none',
  title: () => '排查统计表和工作台账',
  mail: mailWords('汇总统计表和工作台账', '报送'),
  ledger: [OFFICE, PERIOD, TITLE, ...PROGRESS],
})
