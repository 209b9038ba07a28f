import type { followWords as zh } from './follow.zh-CN.ts'

export const followWords: typeof zh = {
  field: {
    outcome: 'Outcome',
    exitReason: 'Why it ends',
    decidedBy: 'Who decided',
    finding: 'What the visit found',
    visitedOn: 'Day of the visit',
    visitedBy: 'Visited by',
    on: 'Day',
    by: 'Done by',
  },
  choice: {
    finding: {
      unchanged: 'To be visited on',
      improved: 'Improved, no more visits',
      enrolled: 'Eligible now, enrolled',
      moved: 'Moved away',
      deceased: 'Deceased',
    },
    exitReason: {
      'income-above': 'Income above the standard',
      'property-above': 'Property above the standard',
      moved: 'Moved away',
      deceased: 'The person died',
      renounced: 'Given up by themselves',
      'other-reason': 'Another reason',
    },
  },
  step: {
    visit: 'Visit',
    verification: 'Verification',
    publicity: 'Review, confirmation and publication',
    supervision: 'Daily supervision',
  },
  discovery: {
    unknown: 'not known',
    noGroup: 'none',
    title: 'Report a household',
    about:
      'A household a town or village found by itself. It is watched like a warning, with the same limits. Before it is saved, the ledger is searched for the same household.',
    office: 'Town',
    name: 'Name',
    idNo: 'Identity number (leave out if there is none)',
    phone: 'Telephone',
    village: 'Village',
    level: 'Level',
    cause: 'Cause',
    group: 'Group',
    detail: 'What was found',
    nameless: 'Give the name.',
    save: 'Register',
    saveAnyway: 'I looked: register it all the same',
    twins: '{count} in the ledger may be the same household',
    decide: 'If it is the same and in hand, work on that one. If not, register it: the two are not joined.',
    alike: {
      idNo: 'same identity number',
      phone: 'same telephone',
      'name-and-village': 'same name and village',
    },
  },
}
