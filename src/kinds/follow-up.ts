import { noFacts, plainResult, plainSample } from './fields.ts'
import { defineKind } from './kind.ts'
import { PLAIN_LEDGER } from './ledger-columns.ts'
import { mailWords } from './mail-words.ts'

/** 救助落实 (R8): what an eligible household was promised reaches it. */
export const followUp = defineKind({
  code: 'follow-up',
  label: '救助落实',
  begins: ['system'],
  facts: noFacts,
  result: plainResult,
  sampleResult: plainSample,
  limit: 'working-days',
  household: 'required',
  title: () => '救助落实',
  mail: mailWords('落实救助', '提交落实情况'),
  ledger: PLAIN_LEDGER,
})
