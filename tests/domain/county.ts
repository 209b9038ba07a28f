import { readFileSync } from 'node:fs'
import { KIND_LABELS } from '../../src/kinds/kinds.ts'
import { parsePolicy } from '../../src/domain/escalation/parse-policy.ts'
import { chineseCalendarData } from '../../src/domain/time/calendar-data.ts'
import { makeCalendar } from '../../src/domain/time/calendar.ts'
import type { OfficeHours } from '../../src/domain/time/office-hours.ts'
import type { Policy } from '../../src/domain/escalation/policy.ts'
import { type DirectoryHolding, type DirectoryOffice } from '../../src/domain/escalation/directory.ts'
import type { Role } from '../../src/domain/obligation/vocabulary.ts'

export const CALENDAR = makeCalendar(chineseCalendarData, [])
export const HOURS: OfficeHours = {
  periods: [
    ['08:30', '12:00'],
    ['14:30', '18:00'],
  ],
  rounds: ['08:30', '14:30'],
}

const POLICY_FILE = new URL('../../templates/example-policy.yaml', import.meta.url)
export const POLICY: Policy = {
  id: 'po1',
  version: 1,
  ...parsePolicy(readFileSync(POLICY_FILE, 'utf8'), KIND_LABELS),
}

export const OFFICES: DirectoryOffice[] = [
  { code: 'city', parent: null, kind: 'city' },
  { code: 'bureau', parent: 'city', kind: 'county-bureau' },
  { code: 'checks', parent: 'bureau', kind: 'county-centre' },
  { code: 'relief', parent: 'bureau', kind: 'county-centre' },
  { code: 'maoba', parent: 'bureau', kind: 'town' },
  { code: 'jieling', parent: 'bureau', kind: 'town' },
]

/** Somebody in a role; always there unless `more` says otherwise. */
export function holding(
  personId: string,
  office: string,
  role: Role,
  more: Partial<DirectoryHolding> = {},
): DirectoryHolding {
  const always = { validFrom: null, validUntil: null, absentFrom: null, absentUntil: null, substitute: null }
  return { personId, office, role, active: true, ...always, ...more }
}

export const STAFF: DirectoryHolding[] = [
  holding('leader', 'bureau', 'bureau-leader'),
  holding('checker', 'checks', 'verification-centre'),
  holding('relief-1', 'relief', 'relief-centre'),
  holding('relief-2', 'relief', 'relief-centre'),
  holding('head', 'maoba', 'town-head'),
  holding('officer', 'maoba', 'town-officer'),
  holding('officer-2', 'maoba', 'town-officer'),
]
