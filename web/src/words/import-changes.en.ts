import type { importChangeWords as zh } from './import-changes.zh-CN.ts'

export const importChangeWords: typeof zh = {
  changes: {
    title: 'In the ledger with other content: {count}',
    how: 'Left what the ledger has, right what the file says; personal data are masked.',
    before: 'Ledger now',
    after: 'File',
    row: 'row {row}',
    hidden: '(something, not shown)',
    nothing: '(nothing)',
    due: 'Due day',
    sameDue: 'the same',
    apply: 'Take the file’s',
    keep: 'Keep the ledger’s',
    applyAll: 'Take all of the file’s',
    keepAll: 'Keep all of the ledger’s',
    applyAllSure:
      'All rows that wait for you ({count} seen here) become what the file says, and their offices are told.',
    keepAllSure:
      'All rows that wait for you ({count} seen here) stay as the ledger has them; the same content is not proposed again.',
    state: {
      applied: '✓ Updated',
      asked: '◔ Waits for you',
      refused: '▲ The obligation is over: reopen it to update it',
      open: '◔ Waits for you',
      applying: '◔ Being written',
      confirmed: '✓ Confirmed, written when registered',
      automatic: '○ Updated by the county’s rules when registered',
      dismissed: '– The ledger’s is kept',
    },
  },
  consistencyCode: {
    untrue: 'Untrue',
    inexact: 'Inexact',
    incomplete: 'Incomplete',
    inconsistent: 'Inconsistent',
    outdated: 'Not up to date',
  },
  consistency: {
    see: 'Hold it against the ledger: untrue, inexact, incomplete, inconsistent, not up to date',
    title: 'What differs from the ledger',
    none: 'Nothing differs from the ledger.',
    fresh:
      '{count} {count|is|are} new in the file: registering puts {count|it|them} into the ledger, so {count|it does|they do} not count as differing.',
    withNew: 'List them too',
    shown: '{count} of {of} listed.',
    which: 'Kind',
    row: 'In the file',
    absent: 'not in the file',
    what: 'What differs',
    problem: 'Problem',
    choose: 'Make it a problem',
    raised: 'Registered',
    dueOn: 'To be put right by',
    raise: 'Register the {count} chosen as {count|a problem|problems}',
    tooMany:
      'At most {most} {most|is|are} registered at once, and {count} {count|is|are} chosen: take some out and register them in turns.',
  },
  withdrawals: {
    title: 'Withdrawn by the platform, proposed for cancelling',
    none: 'Nothing to cancel.',
    why: 'Why',
    note: 'Why they are cancelled (may be left out; their offices are told)',
    absent: 'not in the complete export',
    row: 'row {row} of the file',
    state: {
      open: '◔ Cancelled when registered',
      cancelled: '✓ Cancelled',
      kept: '– Somebody works on it, kept',
    },
  },
  undo: {
    label: 'Take this import back',
    reopens:
      '{count} that this import cancelled as withdrawn {count|lives|live} again, with the office and limit {count|it|they} had.',
    stays:
      '{count} that it cancelled cannot be restored: somebody worked on {count|it|them}, or the number came in again.',
    nothing: 'Nothing new was registered, so there is nothing to take back.',
    cancels:
      'Takes back {count} {count|warning|warnings} nobody has touched: the ledger keeps {count|it as cancelled, it needs|them as cancelled, they need} no work and {count|counts|count} neither in statistics nor in the list of all; {count|its number|their numbers} can be registered anew.',
    keeps: '{count} {count|has|have} been worked on and {count|stays|stay}.',
    keptList: 'Numbers that stay',
    corrected:
      'This import also corrected {count} earlier {count|warning: at most this one is|warnings: at most these are} restored, not what has changed since; {count|its office is|their offices are} told.',
    tells: 'At most {count} {count|person is|people are} told in their next mail.',
    tellsNobody: 'Nobody is to be told: nobody has had a mail about these.',
  },
  undone: {
    cancelled: '{count} taken back.',
    kept: '{count} had been worked on and {count|stays|stay}.',
    restored: '{count} corrected earlier {count|warning is|warnings are} restored.',
    left: '{count} {count|was|were} not restored, or only in part:',
    reopened: '{count} that {count|was cancelled lives|were cancelled live} again.',
    stayed: '{count} that {count|was cancelled was|were cancelled were} not restored:',
  },
}
