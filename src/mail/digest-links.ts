import type { InboxQuery } from '../domain/obligation/inboxes.ts'
import type { DigestInput } from './digest-types.ts'

type ListQuery = InboxQuery & { office?: string }

/** A list of the app, asked for exactly what a line of the mail counts. */
export function listUrl({ appUrl }: Pick<DigestInput, 'appUrl'>, query: ListQuery): string {
  return `${appUrl}/obligations?${new URLSearchParams(query as Record<string, string>).toString()}`
}

/** Everything that waits for the reader's review. */
export function reviewUrl(input: Pick<DigestInput, 'appUrl'>): string {
  return listUrl(input, { standing: 'held', assignment: 'review' })
}

/** Requests for more time that wait for an answer of the reader's office. */
export function requestsUrl(input: Pick<DigestInput, 'appUrl'>): string {
  return listUrl(input, { standing: 'to-answer' })
}

/** Work that is offered to the reader's office. */
export function offersUrl(input: Pick<DigestInput, 'appUrl'>): string {
  return listUrl(input, { standing: 'to-receive' })
}

/** A list of what the reader's own office owes; whoever has several offices sees all that they may see. */
export function ownUrl(input: Pick<DigestInput, 'appUrl' | 'standing'>, query: InboxQuery): string {
  const office = input.standing.own?.office
  return listUrl(input, office ? { ...query, office } : query)
}

/**
 * What of it falls due today. The list of that holds nothing of a later day: where something is due on a day off to come and has to be
 * done today, it is the list of all that is to be performed.
 */
export function todayUrl(input: Pick<DigestInput, 'appUrl' | 'standing'>): string {
  return ownUrl(input, { standing: isBeforeDayOff(input) ? 'to-perform' : 'due-today' })
}

/** Is something due on a day off to come and has to be done today? */
export function isBeforeDayOff({ standing: { own } }: Pick<DigestInput, 'standing'>): boolean {
  return own !== null && own.beforeDayOff > 0
}

/** What is late in the county, or in one of its offices. */
export function overdueUrl(input: Pick<DigestInput, 'appUrl'>, office?: string): string {
  return listUrl(input, { standing: 'overdue', ...(office === undefined ? {} : { office }) })
}

export function notReachedUrl({ appUrl }: Pick<DigestInput, 'appUrl'>): string {
  return `${appUrl}/mails/not-reached`
}
