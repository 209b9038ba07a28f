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
}
