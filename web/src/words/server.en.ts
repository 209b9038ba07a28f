import type { MomentForm } from '../../../src/domain/escalation/moment-form.ts'
import type { ToldFate } from '../../../src/domain/escalation/mail-fate.ts'
import type { ActionBy } from '../../../src/domain/obligation/action-rule.ts'
import type { ActionCode } from '../../../src/domain/obligation/actions.ts'
import type { ExtensionState } from '../../../src/domain/obligation/request-words.ts'
import type { State } from '../../../src/domain/obligation/vocabulary.ts'
import { counted } from './fill.ts'

/**
 * The server's own sentences in English, by their codes: an answer brings the code and the Chinese. A test holds these
 * tables against the server's, so that none is missing.
 */
export const ACTIONS_EN: Record<ActionCode, string> = {
  ...{ acknowledge: 'Acknowledge', submit: 'Hand in', accept: 'Accept', return: 'Return' },
  ...{ waive: 'Close by exception', cancel: 'Cancel', reopen: 'Reopen' },
  ...{ suspend: 'Pause', resume: 'Resume' },
  'request-extension': 'Ask for an extension',
  'grant-extension': 'Grant the extension',
  'refuse-extension': 'Refuse the extension',
  'offer-hand-over': 'Hand over',
  'accept-hand-over': 'Take over',
  'refuse-hand-over': 'Do not take over',
  'withdraw-hand-over': 'Take the hand-over back',
  ...{ take: 'Take it on', assign: 'Give to somebody here', 'put-back': 'Give back to the office' },
  'record-contact': 'Record a call or a visit',
  undo: 'Undo what was just done',
}

export const EVENTS_EN: Readonly<Record<string, string>> = {
  ...ACTIONS_EN,
  register: 'Registered',
  correct: 'Corrected by the platform',
  'hand-on': 'Handed on with all work of its office',
  'hand-over-lapsed': 'Hand-over lapsed: the receiving office is no more',
  recount: 'Limit counted anew',
  follow: 'Another obligation began from it',
  'phase-moved': 'Day of the phase moved, and the due day with it',
  'erase-texts': 'Earlier remarks deleted: kept long enough',
  'begun-done-before': 'Done before the start',
  'begun-taken-over': 'Taken over with another day',
  'begun-late': 'Begun late as it was',
}

export const FATES_EN: Record<ToldFate, string> = {
  waiting: 'waiting to be sent',
  deferred: 'mailbox does not take it yet; still trying',
  ...{ sending: 'being sent', delivered: 'taken by their server', refused: 'this mail was refused' },
  ...{ undeliverable: 'cannot be delivered', bounced: 'came back', archived: 'archived only, not sent' },
  superseded: 'replaced by a newer one',
  moot: 'done before it was sent',
  'next-round': 'goes with the next round',
  'not-sent': 'not sent',
  'out-of-scope': 'the mail is outside what you may see',
}

/** What became of a request for more time. */
export const EXTENSION_STATES_EN: Record<ExtensionState, string> = {
  ...{ pending: 'waits for an answer', granted: 'granted', refused: 'refused', lapsed: 'lapsed' },
}

/** Why an item stays where it is while the day of its phase moves. */
export const STAYS_EN: Record<'handed-in' | 'postponed', string> = {
  'handed-in': 'was handed in, so its day stays',
  postponed: 'is paused or extended, so its day stays',
}

const WHO_EN: Record<ActionBy, string> = {
  ...{ holder: 'the office that has it', performer: 'the performing office' },
  ...{ reviewer: 'the reviewing office', manager: 'a manager', leader: 'the leader of the bureau' },
  ...{ suspender: 'whoever grants pauses', extender: 'whoever grants extensions' },
  receiver: 'the receiving office, or a manager',
  doer: 'whoever just did it',
  overseer: 'the reviewing office or a leader',
}

/** States as the codes of refusals name them: `not-while-suspended`. */
export const STATES_EN: Readonly<Record<string, string>> = {
  ...{ open: 'open', submitted: 'in review', returned: 'returned', accepted: 'done' },
  ...{ cancelled: 'cancelled', suspended: 'paused' },
} satisfies Record<State, string>

/** Why something may not be done now; what depends on the state or on who asks is said below. */
export const REFUSALS_EN: Readonly<Record<string, string>> = {
  'already-acknowledged': 'It was acknowledged already.',
  'not-waivable': 'Only follow-up work may be closed by exception; hand in and have it reviewed.',
  withdrawn: 'It was withdrawn with its import; import it again if it is needed.',
  'request-pending': 'A request for an extension waits for its answer; answer it first.',
  'offer-pending': 'A hand-over waits for its answer; wait for it, or take it back first.',
  'already-requested': 'An extension was asked for already; wait for the answer.',
  'already-refused':
    'The last request was refused and its waiting days were added; ask whoever grants pauses for a pause.',
  'too-late': 'The day is over: an extension is asked for before 24:00 of the due day.',
  'no-request': 'No request for an extension waits for an answer.',
  'already-offered': 'It was offered already; wait for the answer, or take it back.',
  'no-offer': 'No hand-over waits for an answer.',
  'not-assigned': 'It is given to nobody in person; anybody of the office may do it.',
  'nothing-to-undo': 'Nothing was just done that could be undone.',
  'undo-too-late': 'The ten minutes for an undo are over; use the action that corrects it.',
  'acted-since': 'Something happened since; use the action that corrects it.',
}

/** A refusal of an action; null where there is no English for its code. */
export function refusalEn(code: string, by: ActionBy): string | null {
  if (code === 'forbidden') return `Only ${WHO_EN[by]} may do it.`
  const state = code.startsWith('not-while-') ? STATES_EN[code.slice('not-while-'.length)] : undefined
  return state === undefined ? (REFUSALS_EN[code] ?? null) : `Not possible while it is ${state}.`
}

/** When somebody was or will be told. */
export function momentEn(form: MomentForm): string {
  switch (form.series) {
    case 'before':
      return `Reminder ${counted(form.workingDays, 'working day', 'working days')} before`
    case 'due-day':
      return form.time === undefined ? 'Reminder on the due day' : `Reminder on the due day, ${form.time}`
    case 'rung':
      return `Escalation, step ${form.n}`
    case 'repeat':
      return `Escalation repeated, time ${form.n}`
    default:
      return STARTS_EN[form.series]
  }
}

const STARTS_EN: Record<Exclude<MomentForm['series'], 'before' | 'due-day' | 'rung' | 'repeat'>, string> = {
  ...{ assigned: 'Told of new work', submitted: 'Told of work to review', returned: 'Told of the return' },
  ...{ paused: 'Told of the pause', requested: 'Told of the request', offered: 'Told of the hand-over' },
  joined: 'Told of further work',
}
