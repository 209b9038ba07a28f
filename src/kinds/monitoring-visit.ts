import { noFacts, plainResult, plainSample } from './fields.ts'
import { defineKind } from './kind.ts'
import { PLAIN_LEDGER } from './ledger-columns.ts'
import { mailWords } from './mail-words.ts'

/** 监测走访 (R9, R16): a household of a key group that is not covered is visited again and again, beyond the campaign. */
export const monitoringVisit = defineKind({
  code: 'monitoring-visit',
  label: '监测走访',
  begins: ['system', 'person'],
  facts: noFacts,
  result: plainResult,
  sampleResult: plainSample,
  limit: 'fixed-day',
  household: 'optional',
  title: () => '监测走访',
  outlivesCampaign: true,
  mail: mailWords('上门走访', '提交走访情况'),
  ledger: PLAIN_LEDGER,
})
