import { ACTIONS, type ActionCode } from './actions.ts'
import { BEGIN_CHOICE_LABELS } from './begin-phase.ts'
import { codesOf } from './vocabulary.ts'

/** The event of what went with all the work of its office. */
export const HAND_ON = 'hand-on'

/** The event of an offer to an office whose work went to another one: nobody there answers any more. */
export const OFFER_LAPSED = 'hand-over-lapsed'

/** The event that says of texts before it that their retention was over. */
export const TEXTS_ERASED = 'erase-texts'

/** What somebody is told of as a decision: an action, or what was decided about many at once or in another's place. */
export type DecisionCode = ActionCode | 'hand-on' | 'phase-moved' | 'hand-over-decided' | 'hand-over-lapsed'

/** What the history of an obligation names: its registration, how it began in the middle of a year, and each action. */
export const EVENT_LABELS: Record<string, string> = {
  register: '登记',
  correct: '按平台更正',
  [HAND_ON]: '随单位调整整体移交',
  [OFFER_LAPSED]: '要接收的单位调整,移交失效',
  recount: '限时重算',
  follow: '由此开始新的事项',
  'phase-moved': '阶段的日期改了,期限随着改',
  [TEXTS_ERASED]: '保存期满,删去此前的说明',
  ...Object.fromEntries(
    codesOf(BEGIN_CHOICE_LABELS).map((code) => [`begun-${code}`, BEGIN_CHOICE_LABELS[code]]),
  ),
  ...Object.fromEntries(codesOf(ACTIONS).map((code: ActionCode) => [code, ACTIONS[code].label])),
}

/** The word of an event; the code itself where an older version wrote it. */
export function eventLabel(code: string): string {
  return EVENT_LABELS[code] ?? code
}
