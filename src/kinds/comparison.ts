import { SOURCE_LABELS } from '../domain/obligation/vocabulary.ts'
import { plainResult, plainSample, plannedFacts } from './fields.ts'
import { defineKind } from './kind.ts'
import { OFFICE, PARTNER, PERIOD, PROGRESS, TITLE } from './ledger-columns.ts'
import { mailWords } from './mail-words.ts'

const PERIOD_WORDS: Record<string, string> = { H1: '上半年', H2: '下半年', Y: '年度' }

/** 数据比对 (R3, R4): the verification centre compares its lists with those of a partner department. */
export const comparison = defineKind({
  code: 'comparison',
  label: '数据比对',
  begins: ['template', 'person'],
  facts: plannedFacts,
  result: plainResult,
  sampleResult: plainSample,
  limit: 'fixed-day',
  household: 'none',
  title: ({ facts: { partner, period = '' } }) =>
    `${partner ? `与${SOURCE_LABELS[partner]}` : ''}${PERIOD_WORDS[period] ?? period}数据比对`,
  mail: mailWords('开展数据比对', '提交比对结果'),
  ledger: [OFFICE, PARTNER, PERIOD, TITLE, ...PROGRESS],
})
