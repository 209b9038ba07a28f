import { type AuditWords, wordAction } from '../../../src/domain/audit/action-words.ts'
import { EVENTS_EN } from './server.en.ts'

/** What the trail records, in English by its codes; a test holds the codes against those of domain/audit/labels.ts. */
export const AUDIT_EN: AuditWords = {
  things: {
    ...{ attachment: 'Attachment', audit: 'Audit trail', 'bulk-run': 'Many at once', campaign: 'Campaign' },
    ...{ county: 'County', calendar: 'Calendar', feed: 'Calendar feed', household: 'Household' },
    ...{ import: 'Import', key: 'Encryption key', mail: 'Mail', mapping: 'Columns and words' },
    ...{ obligation: 'Obligation', office: 'Office', password: 'Password', screening: 'Screening' },
    ...{ policy: 'Rules', problem: 'Problems', roster: 'Roster', sample: 'Sample', session: 'Own account' },
    ...{ statistic: 'Statistics', totp: 'Second factor', upload: 'Uploaded file', user: 'Account' },
  },
  deeds: {
    ...EVENTS_EN,
    ...{ absent: 'absence entered', activate: 'put in force', add: 'added', back: 'back from absence' },
    anonymise: 'made anonymous, kept long enough',
    'apply-changes': 'changed rows taken',
    ...{ begin: 'signed in', confirm: 'turned on', contact: 'way to reach them changed' },
    ...{ destroy: 'destroyed', 'entry-add': 'household written down', 'entry-change': 'household changed' },
    ...{ 'entry-remove': 'household removed', 'entries-carry': 'carried over from the roster' },
    ...{ 'entries-import': 'households registered from a file', 'undo-file': 'file taken back' },
    ...{ change: 'changed', check: 'seals checked', join: 'held for one household' },
    ...{ 'keep-apart': 'held for two households', 'undo-link': 'decision about two households taken back' },
    ...{ disable: 'disabled', 'dismiss-changes': 'changed rows not taken', draw: 'drawn' },
    ...{ drop: 'deleted, kept long enough', end: 'signed out', import: 'registered from a file' },
    ...{ enable: 'enabled again', export: 'exported', 'encrypt-texts': 'earlier texts encrypted' },
    ...{ launch: 'launched', 'move-phase': 'day of a phase moved' },
    'preview-move': 'moving the day of a phase tried out',
    ...{ load: 'offices and rules loaded', pack: 'inspection pack made', 'give-up': 'given up' },
    'fall-to-bureau': 'work that no office does falls to the bureau',
    ...{ look: 'dead link opened', lookup: 'looked up by number', master: 'master key replaced' },
    ...{ 'open-mail': 'mail opened', prune: 'old ones removed', publish: 'head published' },
    ...{ issue: 'new version published', rebase: 'put under the new rules', read: 'downloaded' },
    ...{ remember: 'remembered', remove: 'removed', rename: 'renamed', renew: 'new address' },
    ...{ duties: 'duties changed', replace: 'replaced', resend: 'one sent anew', reset: 'reset' },
    ...{ retry: 'tried again at once', reveal: 'seen in the clear', revoke: 'revoked' },
    ...{ role: 'role changed', set: 'set', start: 'begun', stop: 'stopped', restore: 'restored' },
    ...{ 'test-mail': 'test mail sent', withdraw: 'cancelled as the platform says' },
  },
  methods: { GET: 'Read', POST: 'Send', PUT: 'Change', PATCH: 'Change', DELETE: 'Remove' },
  resources: {
    ...{ attachments: 'attachments', audit: 'audit trail', 'bulk-runs': 'many at once' },
    ...{ calendar: 'calendar', campaigns: 'campaigns', counties: 'counties' },
    ...{ 'calendar-feeds': 'calendar feeds', deadlines: 'deadlines', households: 'households' },
    ...{ imports: 'imports', 'import-mappings': 'remembered columns and words', 'api-keys': 'API keys' },
    ...{ mails: 'mails', me: 'own account', 'not-reached': 'mail that reached nobody' },
    ...{ obligations: 'obligations', offices: 'offices', passwords: 'passwords' },
    ...{ 'password-links': 'password links', 'password-resets': 'password resets', people: 'people' },
    ...{ policies: 'rules', problems: 'problems', roster: 'roster', samples: 'samples' },
    ...{ statistics: 'statistics', beginning: 'beginning', 'list-views': 'kept views' },
    ...{ 'shared-views': 'shared views', seen: 'marks of what was seen', comparisons: 'comparisons' },
    ...{ screenings: 'screenings', session: 'sign-in', sessions: 'sign-ins' },
    ...{ 'time-limits': 'limits tried out', users: 'accounts' },
  },
  parts: {
    ...{ absence: 'absence and substitute', bounces: 'returned mail', changes: 'changed rows' },
    ...{ consistency: 'check against the ledger', resend: 'one sent anew', 'export-csv': 'export' },
    ...{ retry: 'sent again', 'test-mail': 'test mail', actions: 'acted upon', attachments: 'attachments' },
    ...{ 'burn-down': 'progress', 'calendar-feed': 'calendar feed', 'errors-csv': 'list of errors' },
    ...{
      history: 'history',
      links: 'password link',
      lookup: 'look-up by number',
      'mail-open': 'mail opened',
    },
    ...{ pack: 'inspection pack', password: 'password', preview: 'try-out', receipt: 'receipt' },
    ...{ replacements: 'replacement', reset: 'reset', reveal: 'seen in the clear', timeline: 'timeline' },
    ...{ totp: 'second factor', withdrawals: 'withdrawn by the platform' },
  },
  acted: {
    campaigns: { close: 'ended', override: 'a phase let close' },
    imports: {
      ...{ apply: 'registered', cancel: 'cancelled, nothing registered' },
      ...{ map: 'columns and words explained', mend: 'rows with problems mended', undo: 'taken back' },
    },
  },
  named: (thing, deed) => `${capital(thing)}: ${deed.charAt(0).toLowerCase()}${deed.slice(1)}`,
  plain: (method, resource) => `${method} ${resource}`,
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

export const auditActionEn = (action: string, detail: Readonly<Record<string, unknown>> = {}): string =>
  wordAction(action, AUDIT_EN, detail)
