import type { postponementWords as chinese } from './postponements.zh-CN.ts'

export const postponementWords: typeof chinese = {
  suspensionReason: {
    disaster: 'Disaster, epidemic or the like',
    'away-for-now': 'The household is away or in hospital',
    'waiting-for-department': 'Waiting for a department or for those above',
    disputed: 'Disputed, waiting for a ruling',
    'office-hindered': 'The office is hindered for now',
    'other-reason': 'Another reason',
  },
  postponed: {
    pauses: 'Pauses',
    extensions: 'Extensions',
    suspended: 'Paused',
    suspendedUntil: '{reason}; approved by {approver}, ends by itself on {day} 24:00 at the latest',
    pending: 'More time requested',
    pendingFor: '{days} working {days|day|days}; {office} is to answer, until then it counts as requested',
    paused: '{from} 24:00 to {until} 24:00, {days} working {days|day|days} not counted: {reason}',
    stillPaused: 'From {from} 24:00, until {until} 24:00 at the latest: {reason}',
    asked: '{day}: {name} asked for {days} working {days|day|days}',
    onLastDay: 'asked on the last day',
    granted: '{days} working {days|day|days} granted',
    waited: '{days} working {days|day|days} of waiting not counted',
    by: 'approved by {name}',
    resumedBy: 'resumed early by {name}',
    said: { until: 'until {day} at the latest', days: '{days} working {days|day|days}' },
  },
}
