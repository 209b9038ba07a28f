import { plainResult, plainSample, plannedFacts } from './fields.ts'
import { defineKind } from './kind.ts'
import { PLAIN_LEDGER } from './ledger-columns.ts'
import { mailWords } from './mail-words.ts'

/** 启动部署 (R12): a town launches the campaign and looks back at what its policies did. */
export const launch = defineKind({
  code: 'launch',
  label: '启动部署',
  begins: ['template', 'person'],
  facts: plannedFacts,
  result: plainResult,
  sampleResult: plainSample,
  limit: 'fixed-day',
  household: 'none',
  title: () => '启动实施并开展“回头望”',
  mail: mailWords('召开部署会、开展“回头望”', '报送部署情况'),
  ledger: PLAIN_LEDGER,
})
