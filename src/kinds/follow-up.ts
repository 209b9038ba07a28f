import { z } from 'zod'
import { codesOf, OUTCOME_LABELS } from '../domain/obligation/vocabulary.ts'
import { FOLLOW_UP_STEP_LABELS, type FollowUpStep } from '../domain/obligation/result-words.ts'
import { doneBy, doneOn, note, outcome, stepNote } from './fields.ts'
import { followedFacts, numbered, sinceOf } from './followed.ts'
import { defineKind } from './define-kind.ts'
import type { LedgerColumn, Result } from './kind.ts'
import { OFFICE, PROGRESS, TITLE } from './ledger-columns.ts'
import { mailWords } from './mail-words.ts'
import { dayIssues } from './result-days.ts'

const facts = z.strictObject({ ...followedFacts, outcome: outcome.optional() })
const step = z.strictObject({ on: doneOn, by: doneBy, note: stepNote })
const result = z.strictObject({
  steps: z.strictObject({ visit: step, verification: step, publicity: step, supervision: step }),
  note,
})
const keptStep = step.partial({ by: true })
const kept = result.extend({
  steps: z.strictObject({
    ...{ visit: keptStep, verification: keptStep, publicity: keptStep, supervision: keptStep },
  }),
})
type FollowUp = z.infer<typeof kept>
const STEPS = codesOf(FOLLOW_UP_STEP_LABELS)

/** 救助落实 (R8): what an eligible household was promised reaches it, in four steps 四个到位. */
export const followUp = defineKind<z.infer<typeof facts>, FollowUp>({
  code: 'follow-up',
  label: '救助落实',
  begins: ['system'],
  facts,
  result,
  keptResult: kept,
  texts: STEPS.map((code) => `steps.${code}.by`),
  sampleResult: (pick, { today }) => {
    const by = pick(['王主任', '李干事', '张干事'])
    const done = { on: today, by }
    return { steps: { visit: done, verification: done, publicity: done, supervision: done } }
  },
  refusals: {
    '/result/steps': missing(STEPS),
    ...Object.fromEntries(STEPS.map((code) => [`/result/steps/${code}`, missing([code])])),
  },
  check: ({ facts: known, result: { steps }, today, issuedOn }) =>
    STEPS.flatMap((code) =>
      dayIssues(
        { label: FOLLOW_UP_STEP_LABELS[code], on: steps[code].on, pointer: `/result/steps/${code}/on` },
        sinceOf(known, issuedOn),
        today,
      ),
    ),
  split: splitNotes,
  limit: 'working-days',
  household: 'required',
  title: ({ facts: { outcome: ended, warning } }) =>
    numbered(`救助落实${ended ? `:${OUTCOME_LABELS[ended]}` : ''}`, warning),
  waivable: true,
  mail: mailWords('落实救助', '提交落实情况'),
  ledger: [OFFICE, TITLE, ...STEPS.map(stepColumn), ...PROGRESS],
})

function missing(steps: readonly FollowUpStep[]) {
  const named = steps.map((code) => `“${FOLLOW_UP_STEP_LABELS[code]}”`).join('、')
  const message = `四个到位还缺${named}:请写明哪一天、由谁办理。确实做不到的,由分管局领导写明原因后特批办结。`
  return { refused: 'step-missing', message }
}

function stepColumn(code: FollowUpStep): LedgerColumn<z.infer<typeof facts>, FollowUp> {
  return {
    head: FOLLOW_UP_STEP_LABELS[code],
    width: 12,
    type: 'text',
    value: (row) => row.result?.steps[code].on ?? null,
  }
}

/** The notes of the steps go with the note of the whole: each behind the name of its step. */
function splitNotes({ steps, note: whole }: FollowUp): { text: string | null; codes: Omit<Result, 'note'> } {
  const noted = STEPS.flatMap((code) => {
    const text = steps[code].note
    return text ? [`${FOLLOW_UP_STEP_LABELS[code]}:${text}`] : []
  })
  const lines = [...noted, ...(whole ? [whole] : [])]
  const bare = STEPS.map((code) => [code, { on: steps[code].on, by: steps[code].by }])
  return {
    text: lines.length === 0 ? null : lines.join('\n'),
    codes: { steps: Object.fromEntries(bare) as Record<string, unknown> },
  }
}
