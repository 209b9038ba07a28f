import { useI18n } from 'vue-i18n'
import type { MomentForm } from '../../../src/domain/escalation/moment-form.ts'
import type { ActionBy } from '../../../src/domain/obligation/action-rule.ts'
import { holidayEn } from './holidays.en.ts'
import { FILE_RULES_EN, ROW_RULES_EN } from './import-rules.en.ts'
import {
  ACTIONS_EN,
  EVENTS_EN,
  EXTENSION_STATES_EN,
  FATES_EN,
  momentEn,
  refusalEn,
  STAYS_EN,
} from './server.en.ts'
import { sentenceEn } from './sentences.en.ts'
import {
  accountsEn,
  calendarEn,
  OVERVIEW_RULES_EN,
  rosterEn,
  type Standing,
  watchedEn,
} from './standing.en.ts'

/** A code with the server's word for it. */
type Coded = { code: string; label: string }
type Table = Readonly<Record<string, string>>

/** The server's sentences in the chosen language: its own Chinese, or the English of their codes where there is one. */
export function useServerWords() {
  const { locale } = useI18n()
  const isEnglish = () => locale.value === 'en'
  const inTable = (table: Table, { code, label }: Coded) => (isEnglish() ? (table[code] ?? label) : label)
  return {
    action: (action: string, label: string) => inTable(ACTIONS_EN, { code: action, label }),
    event: (event: Coded) => inTable(EVENTS_EN, event),
    fate: (told: { fate: string; label: string }) =>
      inTable(FATES_EN, { code: told.fate, label: told.label }),
    moment: ({ form, label }: { form: Record<string, unknown>; label: string }) =>
      isEnglish() ? momentEn(form as MomentForm) : label,
    refusal: ({ code, message }: { code: string; message: string }, by: ActionBy) =>
      isEnglish() ? (refusalEn(code, by) ?? message) : message,
    extension: ({ state, label }: { state: string; label: string }) =>
      inTable(EXTENSION_STATES_EN, { code: state, label }),
    stays: ({ code, why }: { code: string; why: string }) => inTable(STAYS_EN, { code, label: why }),
    row: ({ rule, message }: { rule: string; message: string }) =>
      inTable(ROW_RULES_EN, { code: rule, label: message }),
    file: ({ code, message }: { code: string; message: string }) =>
      inTable(FILE_RULES_EN, { code, label: message }),
    /** Of a row of a list that was sent as a file. */
    sentence: (chinese: string) => (isEnglish() ? (sentenceEn(chinese) ?? chinese) : chinese),
    holiday: (name: string) => (isEnglish() ? holidayEn(name) : name),
    overviewRules: (rules: { place: string; onTime: string }) => (isEnglish() ? OVERVIEW_RULES_EN : rules),
    standing: (check: Standing) => standingLines(check, isEnglish()),
  }
}

/** The lines of the standing check, the first of them whether everything is watched. `well`: nothing is to be done about it. */
export function standingLines(
  check: Standing,
  english: boolean,
): { name: string; text: string; well: boolean }[] {
  const { calendar, roster, accounts } = check
  const said = (chinese: string, inEnglish: string) => (english ? inEnglish : chinese)
  return [
    { name: 'watched', text: said(check.message, watchedEn(check)), well: check.state === 'all-watched' },
    ...(calendar
      ? [{ name: 'calendar', text: said(calendar.message, calendarEn(calendar)), well: false }]
      : []),
    ...(roster
      ? [{ name: 'roster', text: said(roster.message, rosterEn(roster)), well: roster.unreached === 0 }]
      : []),
    ...accounts.map((one, i) => ({
      ...{ name: `accounts-${i}`, text: said(one.message, accountsEn(one)), well: one.items.length === 0 },
    })),
  ]
}
