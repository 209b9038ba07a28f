import { type CountedList, countyLateList, lineList, workList } from '../domain/obligation/counted-lists.ts'
import type { DigestEntry, DigestInput, HeldWork } from './digest-types.ts'

type Mail = Pick<DigestInput, 'mailUrl'>

/** Exactly what a number of this mail counts, also when the link is opened later. */
export function countedUrl({ mailUrl }: Mail, list: CountedList): string {
  return `${mailUrl}&counted=${list}`
}

/** Everything that waits for the reader's review. */
export function reviewUrl(input: Mail): string {
  return countedUrl(input, 'held.review')
}

/** Requests for more time that wait for an answer of the reader's office. */
export function requestsUrl(input: Mail): string {
  return countedUrl(input, 'extension')
}

/** Work that is offered to the reader's office. */
export function offersUrl(input: Mail): string {
  return countedUrl(input, 'hand-over')
}

/** What falls due today, with what is due on a day off to come and has to be done today. */
export function todayUrl(input: Mail): string {
  return countedUrl(input, 'held.perform.due-today')
}

export function soonUrl(input: Mail): string {
  return countedUrl(input, 'held.perform.due-soon')
}

/** What is late in the reader's offices. */
export function ownLateUrl(input: Mail): string {
  return countedUrl(input, 'held.perform.late')
}

/** All that is to be performed in the reader's offices. */
export function performUrl(input: Mail): string {
  return countedUrl(input, 'held.perform')
}

/** Is something due on a day off to come and has to be done today? */
export function isBeforeDayOff({ standing: { own } }: Pick<DigestInput, 'standing'>): boolean {
  return own !== null && own.beforeDayOff > 0
}

/** What is late in the county, or in one of its offices. */
export function overdueUrl({ mailUrl }: Mail, office?: string): string {
  return `${mailUrl}&counted=${office === undefined ? 'county-late' : encodeURIComponent(countyLateList(office))}`
}

/** What a line is about. */
export function lineUrl(
  { mailUrl }: Mail,
  { kind, deadline }: Pick<DigestEntry, 'kind' | 'deadline'>,
): string {
  return `${mailUrl}&counted=${lineList(kind, deadline)}`
}

/** What waits behind one deadline at one holder. */
export function workUrl({ mailUrl }: Mail, { deadline, item }: Pick<HeldWork, 'deadline' | 'item'>): string {
  return `${mailUrl}&counted=${workList(deadline, item.obligationId)}`
}

export function notReachedUrl({ appUrl }: Pick<DigestInput, 'appUrl'>): string {
  return `${appUrl}/mails/not-reached`
}
