import { z } from 'zod'
import { SCREENING_COUNT_LABELS, type ScreeningCount } from '../domain/obligation/result-words.ts'
import { coded } from '../domain/fields.ts'
import { GROUP_LABELS, type Kind } from '../domain/obligation/vocabulary.ts'
import { note, plainResult, plannedFacts, quantity, reason } from './fields.ts'
import { defineKind } from './define-kind.ts'
import type { EntryCounts, LedgerColumn, ResultIssue } from './kind.ts'
import { OFFICE, PERIOD, PROGRESS, TITLE } from './ledger-columns.ts'
import { mailWords } from './mail-words.ts'

type Count = ScreeningCount
const COUNTS = Object.keys(SCREENING_COUNT_LABELS) as Count[]

export const screeningResult = z.strictObject({
  ...{ toScreen: quantity.optional(), screened: quantity.optional(), eligible: quantity.optional() },
  ...{ enrolled: quantity.optional(), monitored: quantity.optional() },
  reason,
  note,
})
/** `groups`: the key groups whose uncovered on the roster it must reach (R18). */
const facts = plannedFacts.extend({ groups: z.array(coded(GROUP_LABELS)).optional() })
type Facts = z.infer<typeof facts>
type Result = z.infer<typeof screeningResult>
type Counts = Record<Count, number>

/** Whether an item of a template, or an obligation, is a screening. */
export function isScreening({ kind }: { kind: Kind }): boolean {
  return kind === screening.code
}

/** 全面排查 (R6): a town goes through one of the five groups, household by household. */
export const screening = defineKind<Facts, Result>({
  code: 'screening',
  label: '全面排查',
  begins: ['template', 'person'],
  facts,
  result: screeningResult,
  storedResult: z.union([screeningResult, plainResult]),
  texts: ['reason'],
  hasEntries: true,
  sampleResult: (pick) => ({
    ...pick([
      { toScreen: 46, screened: 46, eligible: 3, enrolled: 2, monitored: 5 },
      { toScreen: 18, screened: 18, eligible: 1, enrolled: 1, monitored: 0 },
      { toScreen: 73, screened: 73, eligible: 0, enrolled: 0, monitored: 4 },
    ]),
    reason: '逐户记录见纸质台账,按各村汇总表填报',
  }),
  check: ({ result, entries, owed = 0 }) => {
    if (entries) return [...differences(result, entries), ...unreached(entries as Counts, result, owed)]
    const missing = withoutEntries(result)
    if (missing.length > 0) return missing
    return [...sumIssues(result as Counts), ...fewerThanOwed(result as Counts, owed)]
  },
  limit: 'fixed-day',
  household: 'none',
  title: () => '全面排查',
  mail: mailWords('逐户排查', '提交排查结果'),
  ledger: [
    OFFICE,
    PERIOD,
    TITLE,
    ...COUNTS.map((count): LedgerColumn<Facts, Result> => ({
      head: `${SCREENING_COUNT_LABELS[count]}户数`,
      width: 14,
      type: 'number',
      value: ({ result }) => result?.[count] ?? null,
    })),
    ...PROGRESS,
  ],
})

/** What is handed in beside entries has to be what they come to. */
function differences(result: Result, entries: EntryCounts): ResultIssue[] {
  return COUNTS.flatMap((count) => {
    const [given, counted = 0] = [result[count], entries[count]]
    if (given === undefined || given === counted) return []
    return issueAt(
      count,
      `${SCREENING_COUNT_LABELS[count]}填的是 ${given} 户,逐户记录是 ${counted} 户;请改正其中一个,或不填、按记录计数。`,
    )
  })
}

/** A town reaches all of them, those of the roster too, or says why not (R18). */
function unreached({ toScreen, screened }: Counts, { reason: why }: Result, owed: number): ResultIssue[] {
  if (screened >= toScreen || why !== undefined) return []
  const ofRoster = owed > 0 ? `(其中 ${owed} 户在名册上、还没有记录,可以从名册带入)` : ''
  return issueAt(
    'screened',
    `应排查 ${toScreen} 户,已排查 ${screened} 户,还差 ${toScreen - screened} 户${ofRoster};请排查完,或在“原因”中写明为什么。`,
  )
}

/** Counts without entries are no fewer than the roster has. */
function fewerThanOwed({ toScreen }: Counts, owed: number): ResultIssue[] {
  if (toScreen >= owed) return []
  return issueAt(
    'toScreen',
    `${SCREENING_COUNT_LABELS.toScreen}填的是 ${toScreen} 户,名册上这项排查应到户的就有 ${owed} 户;请核对后改正。`,
  )
}

function withoutEntries(result: Result): ResultIssue[] {
  if (result.reason === undefined)
    return [
      {
        ...{ refused: 'entries-required', pointer: '/result/reason' },
        message: '这次排查还没有一户逐户记录;请先记录所排查的户,或在“原因”中写明为什么只报数。',
      },
    ]
  return COUNTS.filter((count) => result[count] === undefined).flatMap((count) =>
    issueAt(count, `没有逐户记录,请填写${SCREENING_COUNT_LABELS[count]}的户数。`),
  )
}

function sumIssues(counts: Counts): ResultIssue[] {
  const { screened, enrolled, monitored } = counts
  const most = (part: Count, whole: Count) =>
    counts[part] <= counts[whole]
      ? []
      : issueAt(
          part,
          `${SCREENING_COUNT_LABELS[part]} ${counts[part]} 户,多于${SCREENING_COUNT_LABELS[whole]} ${counts[whole]} 户;请核对后改正。`,
        )
  const found = [
    ...most('screened', 'toScreen'),
    ...most('eligible', 'screened'),
    ...most('enrolled', 'eligible'),
  ]
  if (found.length > 0 || enrolled + monitored <= screened) return found
  return issueAt(
    'monitored',
    `已纳入保障 ${enrolled} 户和已纳入监测 ${monitored} 户共 ${enrolled + monitored} 户,多于已排查 ${screened} 户;请核对后改正。`,
  )
}

function issueAt(count: Count, message: string): ResultIssue[] {
  return [{ refused: 'bad-count', pointer: `/result/${count}`, message }]
}
