import { z } from 'zod'
import { coded } from '../../contract/api/common.ts'
import { obligationQuery } from '../../contract/api/obligations.ts'
import { WORK_QUEUE_LABELS, type WorkQueue } from '../../domain/obligation/vocabulary.ts'
import type { ObligationQuestion } from '../obligations/read.ts'

/** The list's question when the address says nothing. */
export const FIRST_STANDING: WorkQueue = 'pressing'
export const STANDING_CHOICES = { ...WORK_QUEUE_LABELS, all: '全部' } as const

const { office, officeOnly, level, kind, phase, q, mail, cursor } = obligationQuery.shape
/** The page accepts what the API accepts; an address may have more, such as what a mail program adds. */
const FIELDS = {
  office,
  officeOnly,
  standing: coded(STANDING_CHOICES).default(FIRST_STANDING),
  level,
  kind,
  phase,
  q,
  mail,
  cursor,
}
const fields = z.object(FIELDS)
export type Filters = z.infer<typeof fields>
type Field = keyof typeof FIELDS

export const FIELD_LABELS: Record<Exclude<Field, 'cursor'>, string> = {
  office: '单位',
  officeOnly: '只看本级',
  standing: '状态',
  level: '等级',
  kind: '种类',
  phase: '阶段',
  q: '关键词',
  mail: '邮件',
}

/** Reads the question of an address. Each wrong part is left out and gives one sentence. */
export function readFilters(query: unknown): { filters: Filters; wrong: string[] } {
  // A form sends empty fields; they count as absent.
  const given = Object.fromEntries(Object.entries(query as object).filter(([, text]) => text !== ''))
  const { success, data, error } = fields.safeParse(given)
  if (success) return { filters: data, wrong: [] }
  const unfit = new Set(error.issues.map(({ path }) => path[0] as Field))
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !unfit.has(name as Field)))
  return {
    filters: fields.parse(rest),
    wrong: [...unfit].map((field) => sentenceOf(field, Array.isArray(given[field]))),
  }
}

function sentenceOf(field: Field, twice: boolean): string {
  if (field === 'cursor') return LOST_PAGE
  const label = FIELD_LABELS[field]
  if (twice) return `“${label}”给了不止一次,不知道以哪个为准,请重新选择。`
  if (field === 'q' || field === 'mail') return `“${label}”太长,请不要超过 100 个字。`
  return `“${label}”没有这个选项,请重新选择。`
}

export const LOST_PAGE = '页的位置对不上(地址可能被截断了),请从第一页看起。'
export const NO_OFFICE = '“单位”不是本县的单位,请重新选择。'

const ROWS = 50

/**
 * The query behind the question: soonest due first, or by the holder's due day when few assignments select the
 * rows.
 */
export function questionOf({ standing, ...filters }: Filters): ObligationQuestion {
  const asked = { ...filters, limit: ROWS }
  if (standing === 'all') return { ...asked, sort: 'dueAt' }
  return { ...asked, standing, sort: BY_TURN.has(standing) ? 'holderDueAt' : 'dueAt' }
}
const BY_TURN: ReadonlySet<WorkQueue> = new Set<WorkQueue>([
  'pressing',
  'held',
  'overdue',
  'due-today',
  'in-review',
])

/** Which of the two due days sorts the list; a row shows the holder's. */
export function orderWords(filters: Filters): string {
  return questionOf(filters).sort === 'holderDueAt' ? '最早到期的在前' : '按事项截止日,最早的在前'
}

/** The address that asks this question. */
export function listAddress(filters: { [F in Field]?: string | boolean | undefined }): string {
  const said = Object.entries(filters).flatMap(([name, value]) =>
    value === undefined || value === false || (name === 'standing' && value === FIRST_STANDING)
      ? []
      : [[name, String(value)] as [string, string]],
  )
  return said.length > 0 ? `/obligations?${new URLSearchParams(said).toString()}` : '/obligations'
}
