import type { MomentForm } from '../../../src/domain/escalation/moment-form.ts'
import type { ActionBy } from '../../../src/domain/obligation/action-rule.ts'
import { type English, english } from './shown-language.ts'
import type { Standing } from './standing.en.ts'

/** A code with the server's word for it. */
type Coded = { code: string; label: string }
type Table = Readonly<Record<string, string>>

/** The server's sentences in the chosen language: its own Chinese, or the English of their codes where there is one. */
export function useServerWords() {
  const inTable = (tableOf: (words: English) => Table, { code, label }: Coded) => {
    const words = english()
    return words ? (tableOf(words)[code] ?? words.phraseEn(label)) : label
  }
  return {
    action: (action: string, label: string) => inTable((e) => e.ACTIONS_EN, { code: action, label }),
    /** What an entry of the trail records. */
    audited: (entry: { action: string; detail?: Record<string, unknown>; labels: { action: string } }) =>
      english()?.auditActionEn(entry.action, entry.detail) ?? entry.labels.action,
    event: (event: Coded) => inTable((e) => e.EVENTS_EN, event),
    fate: (told: { fate: string; label: string }) =>
      inTable((e) => e.FATES_EN, { code: told.fate, label: told.label }),
    moment: ({ form, label }: { form: Record<string, unknown>; label: string }) =>
      english()?.momentEn(form as MomentForm) ?? label,
    /** What somebody was written to about, by its office, its rule and the moment. */
    occasion: (why: {
      what: string
      moment: Record<string, unknown> | null
      office: { name: string } | null
    }) => english()?.occasionEn(why) ?? why.what,
    refusal: ({ code, message }: { code: string; message: string }, by: ActionBy) =>
      english()?.refusalEn(code, by) ?? english()?.sentenceEn(message) ?? message,
    extension: ({ state, label }: { state: string; label: string }) =>
      inTable((e) => e.EXTENSION_STATES_EN, { code: state, label }),
    stays: ({ code, why }: { code: string; why: string }) => inTable((e) => e.STAYS_EN, { code, label: why }),
    row: ({ rule, message }: { rule: string; message: string }) =>
      inTable((e) => e.ROW_RULES_EN, { code: rule, label: message }),
    file: ({ code, message }: { code: string; message: string }) =>
      inTable((e) => e.FILE_RULES_EN, { code, label: message }),
    /** Of an obligation, a phase or a campaign: what the program put together, and what its template brings; what somebody wrote stays. */
    title: (title: string) => english()?.titleEn(title) ?? title,
    /** What the server composes of words that have English each; what somebody wrote, and names, stay. */
    phrase: (chinese: string) => english()?.phraseEn(chinese) ?? chinese,
    ruleName: (name: string) => english()?.ruleNameEn(name) ?? name,
    ruleChange: (change: string) => english()?.ruleChangeEn(change) ?? change,
    /** Of a row of a list that was sent as a file. */
    sentence: (chinese: string) => english()?.sentenceEn(chinese) ?? chinese,
    holiday: (name: string) => english()?.holidayEn(name) ?? name,
    overviewRules: (rules: { place: string; onTime: string }) => english()?.OVERVIEW_RULES_EN ?? rules,
    standing: (check: Standing) => standingLines(check, english()),
  }
}

/** The lines of the standing check, the first of them whether everything is watched. `well`: nothing is to be done about it. */
export function standingLines(
  check: Standing,
  words: English | null,
): { name: string; text: string; well: boolean }[] {
  const { calendar, roster, accounts } = check
  const said = (chinese: string, inEnglish: (words: English) => string) =>
    words ? inEnglish(words) : chinese
  return [
    {
      name: 'watched',
      text: said(check.message, (e) => e.watchedEn(check)),
      well: check.state === 'all-watched',
    },
    ...(calendar
      ? [{ name: 'calendar', text: said(calendar.message, (e) => e.calendarEn(calendar)), well: false }]
      : []),
    ...(roster
      ? [
          {
            name: 'roster',
            text: said(roster.message, (e) => e.rosterCheckEn(roster)),
            well: roster.unreached === 0,
          },
        ]
      : []),
    ...accounts.map((one, i) => ({
      ...{
        name: `accounts-${i}`,
        text: said(one.message, (e) => e.accountsEn(one)),
        well: one.items.length === 0,
      },
    })),
  ]
}
