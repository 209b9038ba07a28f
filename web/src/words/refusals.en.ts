import { filled, namesIn } from './fill.ts'
import { REFUSALS_EN, STATES_EN } from './server.en.ts'

/** What a refusal names: numbers, days, codes. */
export type Params = Readonly<Record<string, string | number>>

/**
 * The refusals of the API in English, by their codes; a test holds the table against the API's own. A sentence with `{name}`
 * is said only where the answer brings that name; the next of its list needs fewer.
 */
export const PROBLEMS_EN: Readonly<Record<string, string | readonly string[]>> = {
  'already-closed': 'It is closed already.',
  'already-on': 'The second factor is on already; to change it, switch it off first.',
  'already-overridden': 'This gate was opened already.',
  anonymised: 'It was kept long enough: personal data are deleted, and only the counts are left.',
  'bad-address': 'The address cannot be read.',
  'bad-beginning': 'What is said about past phases does not fit the campaign.',
  'bad-bounce': 'This is no notice of a mail that came back.',
  'bad-claim': 'What is said about the file does not fit together.',
  'bad-content-type': 'The request has a type of content that is not taken.',
  'bad-count': 'These numbers do not fit together.',
  'bad-cursor': 'This page of the list cannot be found; begin at the first.',
  'bad-day': 'This day does not fit.',
  'bad-entry': 'This household cannot be recorded as it is.',
  'bad-file': 'This file cannot be used.',
  'bad-form': 'The upload is not whole. Please upload it again.',
  'bad-household': 'This does not fit the households it is about.',
  'bad-idempotency-key': 'The key of the request has a wrong form.',
  'bad-if-match': 'The version that was seen has a wrong form.',
  'bad-json': 'The request is no correct JSON.',
  'bad-link': 'The link was used or has expired. Ask for a new one at the sign-in, or ask the administrator.',
  'bad-mapping': 'What is said about the columns does not fit.',
  'bad-mends': 'Only rows with a problem can be mended, and cells that the file has.',
  'bad-name': 'This name cannot be used.',
  'bad-office': 'This office does not fit.',
  'bad-password': 'This password cannot be used.',
  'bad-person': 'This person does not fit; choose another.',
  'bad-request': 'The request has a wrong form.',
  'bad-result': 'Some of the result does not fit.',
  'bad-template': 'This template cannot be used.',
  'bad-text': 'The text has characters that cannot be kept; please take them out.',
  'bad-title': 'This title cannot be used: it must name nobody’s number.',
  'beyond-scope': 'This is beyond what your office covers.',
  'came-again': 'The number was registered again since, as another obligation; work on that one.',
  'campaign-exists': 'There is a campaign of this year already.',
  'code-needed': 'This account has a second factor; please give the code as well.',
  'count-changed': [
    'There {count|is|are} {count} now, and not the {expected} you saw; nothing was changed. Look again, then confirm.',
    'The number changed since you looked; nothing was changed. Look again, then confirm.',
  ],
  'cross-site': 'The request came from another site and was refused.',
  'database-away': 'The database cannot be reached for the moment; please try again.',
  'departments-required': 'Choose the departments that came to the concentrated check.',
  'departments-unasked':
    'Departments are named, but the check was not a concentrated one; correct one of the two.',
  'duty-needed':
    'This year’s campaign still needs what this office does, and no other office of the county does it. Let another office do it first, then change this one.',
  'empty-population': 'There are no households to draw from.',
  exists: 'It is there already.',
  fault: 'The page failed.',
  forbidden: 'You have no right to it. Ask the relief centre or the administrator where you need it.',
  'gate-shut': 'Something is still open that must be done first.',
  'handed-in': 'It was handed in and stays as evidence; it cannot be deleted.',
  'handed-over': 'It is not with your office any more. What you wrote is not lost.',
  'idempotency-key-reused': 'The key of this request was used for another one.',
  'ids-or-filter': 'Give either the items or a filter, not both.',
  'in-flight': 'The same request is being worked on; try again in a moment.',
  'in-use': 'It still has people, items, views or offices below it and cannot be removed.',
  internal: 'The service failed. Try again later; if it fails again, tell the administrator the number.',
  invalid: 'Some of it does not fit; see what is listed.',
  'mail-open': 'The mail of this county is open already.',
  'named-in-file': 'A file that is not registered yet names this office. Register or cancel that file first.',
  'no-account': 'An API key has no account; sign in as a person.',
  'no-entries': 'This kind has no list of households; only a screening has.',
  'no-file': 'No file arrived. Please choose it again.',
  'no-method': 'This address does not take that method.',
  'no-page': 'There is no such page.',
  'no-route': 'There is no such address.',
  'no-rule': 'The policy has no rule for this; the administrator must add it first.',
  'none-left': 'No household is left that could stand in; write down that it is missing.',
  'not-for-you': 'Another administrator must do this.',
  'not-found': 'It does not exist, or you may not see it.',
  'not-mended-here':
    'Of a list of withdrawn numbers no row is kept: mend it in its file, and import that again.',
  'not-multipart': 'The file was not sent as a form.',
  'not-the-performer':
    'Hits are brought by the office that performs the comparison, until it hands it in; after that, ask the relief centre.',
  'not-now': 'This is not possible now.',
  'outside-calendar': 'This year is outside the calendar.',
  'pack-under-way':
    'Another pack of yours is still being made: wait until it is there, or stop that download, then ask again.',
  'persons-only': 'Only a person who signed in may see it, no API key.',
  'repeated-field': 'A field was sent twice.',
  'reveal-limit': [
    'You have seen {limit} {limit|household|households} within 24 hours, which is as many as are allowed.',
    'You have seen as many households today as are allowed.',
  ],
  'seal-broken':
    'What is stored here was changed or moved and cannot be shown. Tell the administrator at once.',
  'second-factor-needed':
    'This needs the second factor: switch it on under “My account”, then sign in with it.',
  'sign-in-again':
    'This device signed in more than 12 hours ago: sign out and in again with the password first.',
  'sign-in-busy': 'Too many people sign in at the moment; try again in a few seconds.',
  'too-large': 'The file or the request is too large.',
  'too-long': 'This is too long.',
  'too-many': ['At most {most} at once; please take fewer.', 'These are too many at once.'],
  'too-many-attempts': [
    'Too many attempts; try again in {seconds} {seconds|second|seconds}. A forgotten password is set anew by mail.',
    'Too many attempts; try again later.',
  ],
  'too-many-looks': [
    'A person may look at {limit} {limit|household|households} within 24 hours, and these are more, with those you saw already. Take one office, or have them masked.',
    'These are more households than you may look at today. Take one office, or have them masked.',
  ],
  'too-many-requests': [
    'Too many requests; try again in {seconds} {seconds|second|seconds}.',
    'Too many requests; try again later.',
  ],
  unauthorized: 'Please sign in first.',
  'unknown-campaign': 'There is no such campaign, or you may not see it.',
  'unknown-counted':
    'The link is not whole: it does not tell which number of which mail. Open the link of the mail again, or look in your own list.',
  'unknown-county': 'There is no such county, or you may not see it.',
  'unknown-evidence': 'Some of the chosen files do not belong to this item; choose them again.',
  'unknown-fields': 'The form has fields that are not known.',
  'unknown-import': 'There is no such import, or you may see nothing that it registered.',
  'unknown-mail':
    'There is no such mail, or it was not sent to you, so that you cannot see what it is about. Look in your own list.',
  'unknown-office': 'There is no such office, or you may not see it.',
  'version-mismatch':
    'Somebody changed it since you opened it. What you wrote is not lost; look at it again first.',
  'wrong-code': 'The code is not right. Check that the time of your telephone is right.',
  'wrong-credentials': 'The address, the password or the code is not right.',
  'wrong-password': 'The password is not right.',
  // What a result or the form of an action lacks.
  'agrees-required': 'Say whether it agrees with what the town handed in.',
  'day-required': 'Say on which day.',
  'days-required': 'Say for how many working days.',
  'differs-required': 'Say what differs.',
  'differs-unasked': 'It says that all agrees, and yet what differs; correct one of the two.',
  'entries-required':
    'No household is recorded yet; record them, or say in “Reason” why only numbers are handed in.',
  'evidence-required': 'Add evidence, or say why there is none.',
  'finding-required': 'Say what the visit found.',
  'look-back-required': 'Hand in the look-back as well: which policies were looked at, and what was found.',
  'means-required': 'Choose telephone or visit.',
  'method-required': 'Choose how it was checked.',
  'note-required': 'Say what was done and what came of it.',
  'office-required': 'Choose the office.',
  'outcome-required': 'Choose an outcome before handing in.',
  'person-required': 'Choose the person.',
  'reason-required': 'Give a reason.',
  'step-missing': 'One of the four steps is missing.',
  'until-required': 'Say until which day at the latest.',
  'words-required': 'Write down what was said.',
}

/** Codes that stand for several sentences: the Chinese one says more than the English. */
const SAYS_LESS: ReadonlySet<string> = new Set([
  ...['not-now', 'not-for-you', 'forbidden', 'exists', 'gate-shut', 'no-rule', 'too-long', 'too-many'],
  ...['handed-over', 'version-mismatch', 'step-missing', 'unknown-office', 'bad-beginning', 'bad-claim'],
  ...[
    'bad-count',
    'bad-day',
    'bad-entry',
    'bad-file',
    'bad-household',
    'bad-mapping',
    'bad-mends',
    'bad-name',
    'bad-office',
  ],
  ...['bad-password', 'bad-person', 'bad-result', 'bad-template', 'bad-title', 'bad-bounce'],
])

/**
 * A refusal in English. `exact` where the code says all that its Chinese sentence does.
 * @returns null where there is no English for the code
 */
export function problemEn(code: string, params: Params = {}): { text: string; exact: boolean } | null {
  const state = code.startsWith('not-while-') ? code.slice('not-while-'.length) : null
  if (state !== null)
    return {
      text: `Not possible while it is ${STATES_EN[state] ?? RUN_STATES_EN[state] ?? state}.`,
      exact: true,
    }
  const known = PROBLEMS_EN[code] ?? REFUSALS_EN[code]
  if (known === undefined)
    return code.startsWith('bad-') ? { text: 'This does not fit.', exact: false } : null
  const text = [known].flat().find((sentence) => namesIn(sentence).every((name) => name in params))
  const exact = !SAYS_LESS.has(code)
  return { text: filled(text ?? '', (name) => params[name]), exact }
}

/** States of files, runs and mails that refusals name. */
const RUN_STATES_EN: Readonly<Record<string, string>> = {
  ...{ validating: 'being checked', validated: 'checked', 'mapping-needed': 'waiting for its columns' },
  ...{ applying: 'being registered', applied: 'registered', refused: 'refused', failed: 'failed' },
  ...{ undoing: 'being taken back', undone: 'taken back', running: 'running', stopped: 'stopped' },
  done: 'done',
}
