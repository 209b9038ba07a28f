import type { officeWords as zh } from './offices.zh-CN.ts'

export const officeWords: typeof zh = {
  offices: {
    title: 'Offices',
    name: 'Name',
    kind: 'Kind',
    code: 'Code',
    duties: 'Duties',
    empty: 'There are no offices yet. An administrator loads the file of offices.',
    count: '{count} {count|office|offices}',
    add: 'New office',
    addRule:
      'Centres and towns stand below the bureau, villages below their town. Phases that are open already give a new office nothing afterwards; those that open later do.',
    addThis: 'Add',
    added: '{name} is added; go on with the next.',
    parent: 'Office above',
    shortCode: 'Last part of the code',
    shortCodeRule: 'The whole code is {code} and never changes. Small letters, digits and hyphens.',
    change: 'Keep',
    changeThis: 'Change',
    save: 'Save',
    remove: 'Remove',
    removeAsk: 'Only what was entered wrongly: “{name}” must have no people, items or offices below it.',
  },
}
