import type { LineKind } from '../domain/escalation/notification-kind.ts'
import type { AlsoTold, DigestEntry, DigestInput } from './digest-types.ts'

/**
 * What a line is to its reader: to press somebody, to do it themselves, to stand by while a colleague presses, to know of, or
 * done.
 */
export type Part = 'press' | 'do' | 'stand-by' | 'know' | 'done'
/** The order in which the parts of a mail stand. */
export const PARTS: readonly Part[] = ['press', 'do', 'stand-by', 'know', 'done']

/** Lines about what others owe. */
const PRESSED: readonly LineKind[] = ['escalation', 'passed-on', 'copied']
export function isPressed({ kind }: Pick<DigestEntry, 'kind'>): boolean {
  return PRESSED.includes(kind)
}

/** @param ownOffices whoever heads the late office goes on pressing, although those above have been asked too */
export function partOf(entry: DigestEntry, ownOffices: readonly string[]): Part {
  if (entry.kind === 'accepted') return 'done'
  if (!isPressed(entry)) return 'do'
  if (entry.kind === 'copied') return ownOffices.includes(entry.officeName) ? 'press' : 'know'
  return firstOf(entry) ? 'stand-by' : 'press'
}

/** The lines of each part. */
export function partsOf(input: Pick<DigestInput, 'sections' | 'recipient' | 'standing'>) {
  const own = ownOfficesOf(input)
  const of = (part: Part) => input.sections.filter((entry) => partOf(entry, own) === part)
  return Object.fromEntries(PARTS.map((part) => [part, of(part)])) as Record<Part, DigestEntry[]>
}

export function ownOfficesOf({ recipient, standing }: Pick<DigestInput, 'recipient' | 'standing'>): string[] {
  return standing.own ? standing.own.scope.split('、') : [recipient.officeName]
}

export function isLate({ due }: Pick<DigestEntry, 'due'>): boolean {
  return due?.clock.code === 'overdue'
}

/** Who of those on the same rung comes before the reader. */
export function firstOf({ alsoTold }: Pick<DigestEntry, 'alsoTold'>): AlsoTold | undefined {
  return alsoTold.find((t) => t.together && t.first)
}
