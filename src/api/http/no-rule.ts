import type { NoRule, Wanted } from '../../domain/escalation/policy.ts'
import { LEVEL_LABELS, STAGE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { KIND_LABELS } from '../../kinds/kinds.ts'
import { ApiError } from './errors.ts'

/** The policy of the county is incomplete: an administrator can mend that, whoever asks cannot. */
export function noRule({ wanted }: NoRule): ApiError {
  return new ApiError(409, 'no-rule', `规则中没有${inWords(wanted)}的条目,请系统管理员补充规则后再办。`)
}

function inWords(wanted: Wanted): string {
  if ('code' in wanted) return `“${wanted.code}”`
  if ('workingDaysOf' in wanted) return `“${wanted.workingDaysOf}”工作日时限`
  const { kind, level, stage } = wanted
  return `“${level ? LEVEL_LABELS[level] : ''}${KIND_LABELS[kind]}·${STAGE_LABELS[stage]}”`
}
