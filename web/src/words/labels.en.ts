import { CHANGE_LABELS, type ChangeCode } from '../../../src/domain/obligation/change-rules.ts'
import { CONTENT_LABELS } from '../../../src/domain/obligation/changes.ts'
import { PROBLEM_ORIGIN_LABELS, PROBLEM_TYPE_LABELS } from '../../../src/domain/obligation/problem-words.ts'
import { type ComparisonPeriod, PERIOD_LABELS } from '../../../src/domain/obligation/result-words.ts'
import {
  CAUSE_LABELS,
  GROUP_LABELS,
  LEVEL_LABELS,
  OFFICE_KIND_LABELS,
  OUTCOME_LABELS,
  ROLE_LABELS,
  SOURCE_LABELS,
  STAGE_LABELS,
  STATE_LABELS,
} from '../../../src/domain/obligation/vocabulary.ts'
import { WITHOUT_NUMBER_LABELS, type WithoutNumber } from '../../../src/domain/obligation/without-number.ts'
import { COLUMNS } from '../../../src/ledgers/columns.ts'
import { accountWords } from './account.en.ts'
import { adminWords } from './admin.en.ts'
import { codeWords } from './codes.en.ts'
import { importFieldEn } from './imports.en.ts'
import { KIND_LABELS } from './kinds.ts'
import { problemWords } from './problems.en.ts'

const PERIODS_EN: Record<ComparisonPeriod, string> = {
  ...{ H1: 'first half-year', H2: 'second half-year', Y: 'whole year' },
}
const CHANGES_EN: Record<ChangeCode, string> = {
  ...{ 'level-raised': 'Level raised', 'level-lowered': 'Level lowered', town: 'Town', issued: 'Issued' },
  ...{ person: 'Name or identity number', phone: 'Telephone', address: 'Village', cause: 'Cause' },
  ...{ detail: 'Content of the warning', group: 'Key group', source: 'Source' },
}
const WITHOUT_NUMBER_EN: Record<WithoutNumber, string> = {
  ...{ register: 'registered with a remark', refuse: 'not registered' },
}

type Table = Readonly<Record<string, string>>

/** The Chinese labels of one table of codes by their English. */
const both = (chinese: Table, english: Table): [string, string][] =>
  Object.entries(chinese).map(([code, label]) => [label, english[code] ?? label])

const TABLES = {
  level: both(LEVEL_LABELS, codeWords.level),
  cause: both(CAUSE_LABELS, codeWords.cause),
  group: both(GROUP_LABELS, codeWords.group),
  source: both(SOURCE_LABELS, codeWords.source),
  outcome: both(OUTCOME_LABELS, codeWords.outcome),
  kind: both(KIND_LABELS, codeWords.kind),
  stage: both(STAGE_LABELS, codeWords.stage),
  state: both(STATE_LABELS, codeWords.obligationState),
  role: both(ROLE_LABELS, accountWords.role),
  officeKind: both(OFFICE_KIND_LABELS, adminWords.officeKind),
  origin: both(PROBLEM_ORIGIN_LABELS, problemWords.problemOrigin),
  problemType: both(PROBLEM_TYPE_LABELS, problemWords.problemType),
  period: both(PERIOD_LABELS, PERIODS_EN),
  change: both(CHANGE_LABELS, CHANGES_EN),
  column: both(COLUMNS, importFieldEn),
  content: both(CONTENT_LABELS, codeWords.content),
  withoutNumber: both(WITHOUT_NUMBER_LABELS, WITHOUT_NUMBER_EN),
} satisfies Record<string, [string, string][]>
export type LabelTable = keyof typeof TABLES

/** The first table that has a label says what it is: those of one word mean one thing. */
const LABELS: ReadonlyMap<string, string> = new Map(Object.values(TABLES).flat().reverse())

/** The English of a label of a code, by its Chinese; null where no code is called so. */
export const labelEn = (chinese: string): string | null => LABELS.get(chinese) ?? null

/** What matches any label of a table, as a part of a pattern. */
export const anyOf = (table: LabelTable): string => TABLES[table].map(([label]) => label).join('|')
