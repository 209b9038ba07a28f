import { noFacts, plainResult, plainSample } from './fields.ts'
import { defineKind } from './kind.ts'
import { PLAIN_LEDGER } from './ledger-columns.ts'
import { mailWords } from './mail-words.ts'

/** 县级抽查 (R18): the county looks for itself whether what was handed in is so. */
export const spotCheck = defineKind({
  code: 'spot-check',
  label: '县级抽查',
  begins: ['person'],
  facts: noFacts,
  result: plainResult,
  sampleResult: plainSample,
  limit: 'fixed-day',
  household: 'optional',
  title: () => '县级抽查',
  mail: mailWords('开展抽查', '提交抽查结果'),
  ledger: PLAIN_LEDGER,
})
