import { codesOf, PHASE_LABELS, type Phase } from '../../domain/obligation/vocabulary.ts'
import type { PhaseChoice } from '../../domain/obligation/begin-phase.ts'
import { isDay } from '../../domain/time/days.ts'
import { CliError } from './cli-error.ts'

const FORMS = 'launch=done-before:谁说的、screening=taken-over:2026-12-10 或 verification=late'

/** `launch=done-before:王主任`: one choice as typed. @throws CliError saying how to write it */
export function phaseChoice(text: string): PhaseChoice {
  const [, code = '', as = '', , more] = /^([^=]+)=([^:]+)(:(.+))?$/.exec(text) ?? []
  const phase = phaseIn(code, text)
  if (as === 'late' && more === undefined) return { phase, as }
  if (as === 'done-before') return { phase, as, wordOf: more }
  if (as === 'taken-over' && more !== undefined && isDay(more)) return { phase, as, dueOn: more }
  throw unreadable(text)
}

function phaseIn(code: string, text: string): Phase {
  const phase = codesOf(PHASE_LABELS).find((each) => each === code)
  if (!phase) throw unreadable(text)
  return phase
}

function unreadable(text: string): CliError {
  return new CliError(`--begin ${text} 看不懂:写成 ${FORMS};阶段是 ${codesOf(PHASE_LABELS).join('、')}。`)
}
