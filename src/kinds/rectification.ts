import { plainResult, plainSample, plannedFacts } from './fields.ts'
import { defineKind } from './kind.ts'
import { PLAIN_LEDGER } from './ledger-columns.ts'
import { mailWords } from './mail-words.ts'

/** 问题整改 (R10, R15): a problem somebody found is put right and struck off the list. */
export const rectification = defineKind({
  code: 'rectification',
  label: '问题整改',
  begins: ['template', 'person'],
  facts: plannedFacts,
  result: plainResult,
  sampleResult: plainSample,
  limit: 'fixed-day',
  household: 'none',
  title: () => '问题清单整改销号',
  mail: mailWords('整改到位', '报送销号材料'),
  ledger: PLAIN_LEDGER,
})
