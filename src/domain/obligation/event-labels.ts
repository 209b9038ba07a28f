import { ACTIONS, type ActionCode } from './actions.ts'
import { BEGIN_CHOICE_LABELS, codesOf } from './vocabulary.ts'

/** The event that says of texts before it that their retention was over. */
export const TEXTS_ERASED = 'erase-texts'

/** What the history of an obligation names: its registration, how it began in the middle of a year, and each action. */
export const EVENT_LABELS: Record<string, string> = {
  register: '登记',
  correct: '按平台更正',
  follow: '由此开始新的事项',
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
