import { z } from 'zod'
import { coded } from '../domain/fields.ts'
import { VISIT_FINDINGS } from '../domain/obligation/outcomes.ts'
import { codesOf } from '../domain/obligation/vocabulary.ts'
import { VISIT_FINDING_LABELS } from '../domain/obligation/result-words.ts'
import { doneBy, doneOn, note, plainResult } from './fields.ts'
import { followedFacts, numbered, sinceOf } from './followed.ts'
import { defineKind } from './define-kind.ts'
import { OFFICE, PROGRESS, TITLE } from './ledger-columns.ts'
import { mailWords } from './mail-words.ts'
import { dayIssues } from './result-days.ts'

/** `visit`: the how manieth since monitoring began. */
const facts = z.strictObject({ ...followedFacts, visit: z.number().int().min(1).optional() })
const result = z.strictObject({
  finding: coded(VISIT_FINDING_LABELS),
  visitedOn: doneOn,
  visitedBy: doneBy,
  note,
})
const kept = result.partial({ visitedBy: true })

/** 监测走访 (R9, R16): a household of a key group that is not covered is visited again and again, beyond the campaign. */
export const monitoringVisit = defineKind<z.infer<typeof facts>, z.infer<typeof kept>>({
  code: 'monitoring-visit',
  label: '监测走访',
  begins: ['system', 'person'],
  facts,
  result,
  keptResult: kept,
  storedResult: z.union([kept, plainResult]),
  texts: ['visitedBy'],
  sampleResult: (pick, { today }) => ({
    finding: pick(codesOf(VISIT_FINDING_LABELS)),
    visitedOn: today,
    visitedBy: pick(['王主任', '李干事', '张干事']),
  }),
  refusals: {
    '/result/finding': {
      refused: 'finding-required',
      message: '监测走访必须写明走访结果:仍需监测,还是不再监测。请选择一项再提交。',
    },
  },
  check: ({ facts: known, result: { visitedOn: on }, today, issuedOn }) =>
    dayIssues({ label: '走访', on, pointer: '/result/visitedOn' }, sinceOf(known, issuedOn), today),
  limit: 'fixed-day',
  household: 'optional',
  title: ({ facts: { visit, warning } }) =>
    numbered(visit === undefined ? '监测走访' : `监测走访第${visit}次`, warning),
  outlivesCampaign: true,
  follows: ({ facts: { visit = 1, warning, since }, result: { finding, visitedOn }, issuedOn }) => {
    const known = { warning, since: since ?? issuedOn }
    switch (VISIT_FINDINGS[finding]) {
      case 'monitoring':
        return [{ kind: 'monitoring-visit', facts: { ...known, visit: visit + 1 }, visitAfter: visitedOn }]
      case 'follow-up':
        return [{ kind: 'follow-up', facts: known, visitAfter: null }]
      case null:
        return []
    }
  },
  mail: mailWords('上门走访', '提交走访情况'),
  ledger: [
    OFFICE,
    TITLE,
    { head: '走访日期', width: 12, type: 'text', value: (row) => row.result?.visitedOn ?? null },
    {
      head: '走访结果',
      width: 20,
      type: 'text',
      value: (row) => row.result && VISIT_FINDING_LABELS[row.result.finding],
    },
    ...PROGRESS,
  ],
})
