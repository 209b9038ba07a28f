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
      '{count} are new in the file: registering puts them into the ledger, so they do not count as differing.',
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
    raise: 'Register the {count} chosen as problems',
    tooMany:
      'At most {most} are registered at once, and {count} are chosen: take some out and register them in turns.',
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
      '{count} that this import cancelled as withdrawn live again, with the office and limit they had.',
    stays:
      '{count} that it cancelled cannot be restored: somebody worked on them, or the number came in again.',
    nothing: 'Nothing new was registered, so there is nothing to take back.',
    cancels:
      'Takes back {count} warnings nobody has touched: the ledger keeps them as cancelled, they need no work and count neither in statistics nor in the list of all; their numbers can be registered anew.',
    keeps: '{count} have been worked on and stay.',
    keptList: 'Numbers that stay',
    corrected:
      'This import also corrected {count} earlier warnings: at most these are restored, not what has changed since; their offices are told.',
    tells: 'At most {count} people are told in their next mail.',
    tellsNobody: 'Nobody is to be told: nobody has had a mail about these.',
  },
  undone: {
    cancelled: '{count} taken back.',
    kept: '{count} had been worked on and stay.',
    restored: '{count} corrected earlier warnings are restored.',
    left: '{count} were not restored, or only in part:',
    reopened: '{count} that were cancelled live again.',
    stayed: '{count} that were cancelled were not restored:',
  },
}
