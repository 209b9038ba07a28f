import type { conflictWords as zh } from './conflict.zh-CN.ts'

export const conflictWords: typeof zh = {
  conflict: {
    title: 'Somebody else changed this just now. Look before you decide; what you wrote is still here.',
    both: 'What you are about to save, and what stands there now',
    what: 'What',
    mine: 'What you are about to save',
    theirs: 'What stands there now',
    state: 'State',
    unchanged: 'stays',
    changed: 'changed it',
    removed: 'somebody removed it',
    take: 'Take what stands there, drop mine',
    again: 'Save mine all the same',
    askedAnew: 'I have seen it, ask me anew',
    allTheSame: '{what} all the same',
    cancelImport: 'Cancel the import',
    published: 'published version {version}',
    tryOnTheirs: 'Try mine out upon it',
    validFrom: 'From which day',
    differs: 'Differs from the one in force',
    atOnce: 'at once',
    active: 'Account',
    inUse: 'in use',
    stopped: 'stopped',
  },
}
