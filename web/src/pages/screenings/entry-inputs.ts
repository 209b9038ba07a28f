import {
  ENTRY_FINDING_LABELS,
  ENTRY_FOLLOW_LABELS,
} from '../../../../src/domain/obligation/screening-entry.ts'
import type { Input, Texts } from '../item/form-inputs.ts'
import type { Entry } from './use-screenings.ts'

const HOUSEHOLD: readonly Input[] = [
  { path: 'person.name', required: true, type: 'text', most: 50 },
  { path: 'person.idNo', required: false, type: 'text', most: 18 },
  { path: 'person.phone', required: false, type: 'text', most: 30 },
  { path: 'person.village', required: false, type: 'text', most: 100 },
  { path: 'person.detail', required: false, type: 'text', most: 2000 },
]
const VISIT: readonly Input[] = [
  { path: 'visitedOn', required: false, type: 'day' },
  { path: 'visitors', required: false, type: 'text', most: 200 },
  { path: 'finding', required: false, type: 'choice', codes: Object.keys(ENTRY_FINDING_LABELS) },
  { path: 'follow', required: false, type: 'choice', codes: Object.keys(ENTRY_FOLLOW_LABELS) },
]

/** The fields of an entry. A household that stands there already is not shown again: it is masked. */
export function entryInputs(entry: Entry | null): readonly Input[] {
  return entry === null ? [...HOUSEHOLD, ...VISIT] : VISIT
}

/** What stands there of a visit, to be changed. */
export function textsOf(entry: Entry | null): Texts {
  const { visitedOn, visitors, finding, follow } = entry ?? {}
  const known = Object.entries({ visitedOn, visitors, finding, follow })
  return Object.fromEntries(known.map(([path, text]) => [path, text ?? '']))
}
