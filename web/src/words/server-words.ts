import { useI18n } from 'vue-i18n'
import type { MomentForm } from '../../../src/domain/escalation/moment-form.ts'
import type { ActionBy } from '../../../src/domain/obligation/action-rule.ts'
import { ACTIONS_EN, EVENTS_EN, FATES_EN, momentEn, refusalEn } from './server.en.ts'

/** A code with the server's word for it. */
type Coded = { code: string; label: string }

/** The server's sentences in the chosen language: its own Chinese, or the English of their codes where there is one. */
export function useServerWords() {
  const { locale } = useI18n()
  const inTable = (table: Readonly<Record<string, string>>, { code, label }: Coded) =>
    locale.value === 'en' ? (table[code] ?? label) : label
  return {
    action: (action: string, label: string) => inTable(ACTIONS_EN, { code: action, label }),
    event: (event: Coded) => inTable(EVENTS_EN, event),
    fate: (told: { fate: string; label: string }) =>
      inTable(FATES_EN, { code: told.fate, label: told.label }),
    moment: ({ form, label }: { form: Record<string, unknown>; label: string }) =>
      locale.value === 'en' ? momentEn(form as MomentForm) : label,
    refusal: ({ code, message }: { code: string; message: string }, by: ActionBy) =>
      locale.value === 'en' ? (refusalEn(code, by) ?? message) : message,
  }
}
