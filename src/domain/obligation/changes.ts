import { dayOf, type Instant, instantAt } from '../time/days.ts'
import type { ChangeCode, ChangeRules } from './change-rules.ts'
import { type Cause, codesOf, type Group, type Level, LEVEL_LABELS, type Source } from './vocabulary.ts'

/** What a warning says, in the product's codes. */
export type WarningContent = {
  level: Level | null
  /** The office's code. */
  town: string
  issued: Instant
  cause: Cause | null
  group: Group | null
  source: Source | null
  name: string
  idNo: string
  phone: string
  village: string
  detail: string
}
export const CONTENT_LABELS = {
  level: '预警等级',
  town: '乡镇',
  issued: '预警发布时间',
  cause: '致贫返贫因素',
  group: '重点人群类别',
  source: '数据来源部门',
  name: '姓名',
  idNo: '身份证号',
  phone: '联系电话',
  village: '村(社区)',
  detail: '预警内容',
} as const satisfies Record<keyof WarningContent, string>
export type ContentField = keyof typeof CONTENT_LABELS

/** What identifies a household: it never stands in the clear. */
export const PERSONAL_FIELDS = ['name', 'idNo', 'phone', 'village', 'detail'] as const
const PERSONAL: ReadonlySet<ContentField> = new Set<ContentField>(PERSONAL_FIELDS)

export function isPersonal(field: ContentField): boolean {
  return PERSONAL.has(field)
}

const MOVING: ReadonlySet<ContentField> = new Set<ContentField>(['level', 'town', 'issued'])

/** Whether a change of it may move the due day, whatever the county's rules say of categories. */
export function movesDueDay(field: ContentField): boolean {
  return MOVING.has(field)
}

const CATEGORY: ReadonlySet<ContentField> = new Set<ContentField>(['cause', 'group'])

/** Whether it is the category of a household: it moves the due day where the county's rules tell categories apart (R1). */
export function isOfCategory(field: ContentField): boolean {
  return CATEGORY.has(field)
}

/** What of a warning may stand in the clear. */
export type PublicContent = Omit<WarningContent, (typeof PERSONAL_FIELDS)[number]>

/** `refused`: the obligation is closed, so nothing is written before somebody reopens it. */
export type ChangeOutcome = 'applied' | 'asked' | 'refused'
/** One field that differs. A personal one has no values here. */
export type ChangedField = {
  field: ContentField
  happens: ChangeOutcome
  before: string | number | null
  after: string | number | null
}

/**
 * The fields in which a row differs from the ledger. A cell left empty takes nothing away, and a day without a time is that
 * day's time.
 */
export function differingFields(before: WarningContent, after: WarningContent): ContentField[] {
  return codesOf(CONTENT_LABELS).filter((field) => {
    if (field === 'issued') return !sameIssue(before.issued, after.issued)
    const value = after[field]
    return value !== null && value !== '' && value !== before[field]
  })
}

function sameIssue(a: Instant, b: Instant): boolean {
  return a === b || (dayOf(a) === dayOf(b) && [a, b].some((at) => at === instantAt(dayOf(at), '00:00')))
}

/** What happens to each field that differs. */
export function outcomesOf(
  before: WarningContent,
  after: WarningContent,
  { rules, closed }: { rules: ChangeRules; closed: boolean },
): ChangedField[] {
  const fields = differingFields(before, after)
  const asked = (code: ChangeCode) => rules[code] === 'ask'
  const raised = fields.includes('level') && isRaised(before.level, after.level)
  const otherPerson = fields.includes('name') || fields.includes('idNo')
  // An older export that comes late brings back what was: nobody wants that unasked.
  const older = after.issued < before.issued && fields.includes('issued')
  const happens = (field: ContentField): ChangeOutcome => {
    if (closed) return 'refused'
    // Another person's telephone waits until somebody has confirmed the person.
    if (older || (isPersonal(field) && otherPerson && asked('person'))) return 'asked'
    // The new issue belongs to the raised level: its limit counts from there.
    const code = field === 'issued' && raised ? 'level-raised' : codeOf(field, raised)
    return asked(code) ? 'asked' : 'applied'
  }
  return fields.map((field) => ({
    field,
    happens: happens(field),
    before: isPersonal(field) ? null : before[field],
    after: isPersonal(field) ? null : after[field],
  }))
}

/** What happens to the row as a whole: the most that is still to be done about it. */
export function outcomeOfRow(fields: readonly ChangedField[]): ChangeOutcome {
  const all: ChangeOutcome[] = ['refused', 'asked']
  return all.find((outcome) => fields.some((f) => f.happens === outcome)) ?? 'applied'
}

/** Levels stand in the vocabulary with the gravest first. */
export function isRaised(before: Level | null, after: Level | null): boolean {
  if (after === null || before === null) return false
  const levels = codesOf(LEVEL_LABELS)
  return levels.indexOf(after) < levels.indexOf(before)
}

function codeOf(field: ContentField, raised: boolean): ChangeCode {
  switch (field) {
    case 'level':
      return raised ? 'level-raised' : 'level-lowered'
    case 'name':
    case 'idNo':
      return 'person'
    case 'village':
      return 'address'
    default:
      return field
  }
}
