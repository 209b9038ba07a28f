import { importFieldEn, importsEn } from './imports.en.ts'
import { beginningWords } from './beginning.en.ts'
import { rulesWords } from './rules.en.ts'
import { accountWords } from './account.en.ts'
import { absenceWords } from './absences.en.ts'
import { adminWords } from './admin.en.ts'
import { campaignWorkEn } from './campaign-work.en.ts'
import { formsEn } from './forms.en.ts'
import { followWords } from './follow.en.ts'
import { mailWords } from './mails.en.ts'
import { conflictWords } from './conflict.en.ts'
import { handOverWords } from './hand-overs.en.ts'
import { postponementWords } from './postponements.en.ts'
import { problemWords } from './problems.en.ts'
import { revealWords } from './reveal.en.ts'
import type { Words } from './zh-CN.ts'
import { rosterEn } from './roster.en.ts'
import { statisticsEn } from './statistics.en.ts'
import { signInWords } from './sign-in.en.ts'
import { overviewWords } from './overview.en.ts'
import { listWords } from './list.en.ts'
import { itemWords } from './item.en.ts'
import { codeWords } from './codes.en.ts'

/** The same texts in English. */
export const en: Words = {
  product: 'Duban',
  menu: {
    label: 'Main menu',
    overview: 'Overview',
    obligations: 'Obligations',
    review: 'Review one by one',
    campaignWork: 'Campaign work',
    comparisons: 'Comparisons',
    screenings: 'Screenings',
    problems: 'Problems',
    handOvers: 'Hand-overs',
    roster: 'Roster',
    rules: 'Limits and rules',
    yearPlan: 'Plan of the year',
    samples: 'Spot checks',
    statistics: 'Statistics',
    imports: 'Imports',
    mails: 'Mails',
    inbox: 'Trial inbox',
    api: 'API',
    account: 'My account',
    open: 'Menu',
    admin: 'Administration',
    signOut: 'Sign out',
    skip: 'Skip to content',
  },
  theme: { label: 'Theme', light: 'Light', dark: 'Dark', system: 'As the system' },
  language: { label: 'Language', zh: '中文', en: 'English' },
  state: {
    loading: 'Loading…',
    unreachable: 'The server was not reached. Check the network; what you wrote is not lost.',
    uploadLost:
      'The server was not reached and the file did not arrive whole. Check the network and choose it again; nothing was registered.',
    unexplained: 'The server gave no explanation (HTTP {status}). Try again later.',
    fault: 'The page failed: {what}',
    partsUnknown: 'The state of the parts of the system could not be asked for. Try again later.',
    offline: 'No network. What you wrote stays on this device; go on once it is back.',
    shownSince: 'What you see was kept on this device at',
    refreshing: 'Updating; shown first is what was kept on this device at',
    retry: 'Try again',
    requestId: 'Number {id}: the administrator finds what happened by it',
    demo: 'A demonstration: people and households are invented.',
    demoClock: 'Business time is {at}, Beijing, and not now.',
    trial: 'Trial: no mail really leaves; all of it goes to the trial inbox.',
  },
  form: formsEn,
  importField: importFieldEn,
  imports: importsEn,
  table: { scrolls: 'Scroll sideways for the other columns' },
  ledger: {
    download: 'Download the ledger (Excel)',
    ofKind: 'Download the ledger: {kind} (Excel)',
    monitoring: 'Download the ledger of monitoring (Excel)',
    discovery: 'Download the ledger of discoveries (Excel)',
  },
  lost: { title: 'There is no such page', home: 'Back to the overview' },
  ...conflictWords,
  ...postponementWords,
  ...handOverWords,
  ...campaignWorkEn,
  ...followWords,
  ...mailWords,
  ...problemWords,
  ...revealWords,
  ...rosterEn,
  ...statisticsEn,
  ...beginningWords,
  ...rulesWords,
  ...accountWords,
  ...absenceWords,
  ...adminWords,
  ...signInWords,
  ...overviewWords,
  ...listWords,
  ...itemWords,
  ...codeWords,
}
