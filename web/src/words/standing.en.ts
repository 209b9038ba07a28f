import type { UnaccountedCode } from '../../../src/domain/escalation/standing-check.ts'
import { counted, filled } from './fill.ts'

/** What is left without an account, in English, `{0}` of it; a test holds it against the server's table. */
export const UNACCOUNTED_EN: Record<UnaccountedCode, string> = {
  unwatched: '{0} open {0|item|items} that nobody watches',
  unreached: '{0} {0|household|households} of the roster that no work reached',
  rows: '{0} {0|row|rows} of files without an outcome',
  lines: '{0} {0|notice whose round is over and that was|notices whose round is over and that were} not sent',
  mails: '{0} {0|mail|mails} without an outcome for three days',
  firings: '{0} {0|reminder or escalation|reminders and escalations} that reached nobody',
  hits: '{0} {0|hit|hits} of comparisons that no file of warnings lists',
}

/** The standing check as the API answers it, as far as its sentences need it. */
export type Standing = {
  state: 'not-run' | 'all-watched' | 'watched-again'
  message: string
  unwatched: number | null
  calendar: { missingYear: number | null; provisional: number; message: string } | null
  roster: {
    total: number
    covered: number
    reached: number
    owed: number
    unreached: number
    message: string
  } | null
  accounts: readonly { message: string; items: readonly { code: UnaccountedCode; count: number }[] }[]
}

/** How offices are ranked and what counts as on time; a test holds them to the server's two sentences. */
export const OVERVIEW_RULES_EN = {
  place: 'late red ones first, then all late ones, then the longest; equal ones share a place',
  onTime: 'done in time ÷ (done + open and late before), without what was done before the start',
}

/** Whether everything open is watched. */
export function watchedEn({ state, unwatched }: Pick<Standing, 'state' | 'unwatched'>): string {
  if (state === 'not-run') return 'Standing check: not run yet.'
  if (state === 'all-watched') return 'Standing check: everything open is watched and has a due day.'
  return `Standing check: ${counted(unwatched, 'item', 'items')} had nobody watching for a while, and ${unwatched === 1 ? 'is' : 'are'} watched again.`
}

/** What the calendar lacks, and what rests on it. */
export function calendarEn({ missingYear, provisional }: NonNullable<Standing['calendar']>): string {
  if (missingYear === null)
    return `${counted(provisional, 'open item still has', 'open items still have')} a provisional day; count ${provisional === 1 ? 'it' : 'them'} anew on the page of the calendar.`
  const rest =
    provisional > 0 ? `, and ${counted(provisional, 'open item rests', 'open items rest')} on it` : ''
  return `The holidays of ${missingYear} are not entered yet: days of that year are provisional${rest}. Once the State Council’s notice is out, the relief centre or a leader enters it on the page of the working calendar.`
}

/** Whether every household of the roster is covered, reached or owed. */
export function rosterEn({
  total,
  covered,
  reached,
  owed,
  unreached,
}: NonNullable<Standing['roster']>): string {
  const told = `Roster of ${counted(total, 'household', 'households')}: ${covered} covered, ${reached} reached, ${owed} owed by a screening`
  return unreached === 0 ? `${told}; none is left out.` : `${told}; no work has reached ${unreached} yet.`
}

/** What of a county has no account. */
export function accountsEn({ items }: Pick<Standing['accounts'][number], 'items'>): string {
  if (items.length === 0) return 'Rows, notices, mails, escalations and hits are all accounted for.'
  const said = items.map(({ code, count }) => filled(UNACCOUNTED_EN[code], () => count))
  return `Not accounted for: ${said.join('; ')}.`
}
