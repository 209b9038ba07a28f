import type { Kind } from '../domain/obligation/vocabulary.ts'
import { comparison } from './comparison.ts'
import { followUp } from './follow-up.ts'
import type { KindDefinition } from './kind.ts'
import { launch } from './launch.ts'
import { monitoringVisit } from './monitoring-visit.ts'
import { rectification } from './rectification.ts'
import { report } from './report.ts'
import { screening } from './screening.ts'
import { spotCheck } from './spot-check.ts'
import { warning } from './warning.ts'

/** Every kind there is, one line each, in the order people see them. Read it through kinds.ts. */
export const REGISTRY: Record<Kind, KindDefinition> = {
  launch,
  comparison,
  screening,
  warning,
  rectification,
  'follow-up': followUp,
  'monitoring-visit': monitoringVisit,
  'spot-check': spotCheck,
  report,
}
