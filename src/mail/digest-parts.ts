import type { LineKind } from '../domain/escalation/notification-kind.ts'
import { isPerforming } from '../domain/obligation/turn-clocks.ts'
import { isBeside } from '../domain/obligation/vocabulary.ts'
import type { AlsoTold, DigestEntry, DigestInput, LateItem } from './digest-types.ts'

/**
 * What a line is to its reader: to do it themselves, to press somebody, to remind them, to stand by while a colleague does it or
 * presses, to know of, or done.
 */
export type Part = 'do' | 'press' | 'remind' | 'do-second' | 'stand-by' | 'know' | 'done'
/** The order in which the parts of a mail stand: the reader's own work first. */
export const PARTS: readonly Part[] = ['do', 'press', 'remind', 'do-second', 'stand-by', 'know', 'done']

/** Lines about what others owe. */
const PRESSED: readonly LineKind[] = ['escalation', 'passed-on', 'copied']
export function isPressed({ kind }: Pick<DigestEntry, 'kind'>): boolean {
  return PRESSED.includes(kind)
}

/** @param ownOffices whoever heads the late office goes on pressing, although those above have been asked too; of two the first */
export function partOf(entry: DigestEntry, ownOffices: readonly string[]): Part {
  if (entry.kind === 'accepted') return 'done'
  if (!isPressed(entry)) return firstOf(entry) ? 'do-second' : 'do'
  if (entry.kind === 'copied' && !ownOffices.includes(entry.officeName)) return 'know'
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

/** Does the reader begin with it, and no colleague? */
export function isMine({ begins }: Pick<LateItem, 'begins'>): boolean {
  return begins === null
}

/** Whoever heads a town presses its officer; whoever is both does it. */
export function onlyPresses({
  recipient: { roles },
}: {
  recipient: Pick<DigestInput['recipient'], 'roles'>
}): boolean {
  return roles.includes('town-head') && !roles.includes('town-officer')
}

/** A late answer of a head's own town: it is asked for as an answer, with all others that wait there. */
export function isOwnAnswer(
  { kind, stage, officeName }: DigestEntry,
  input: Pick<DigestInput, 'recipient' | 'standing'>,
): boolean {
  const isPressedHere =
    (kind === 'escalation' || kind === 'copied') && ownOfficesOf(input).includes(officeName)
  return onlyPresses(input) && isBeside(stage) && isPressedHere
}

export function isLate({ due }: Pick<DigestEntry, 'due'>): boolean {
  return due?.clock.code === 'overdue'
}

/** Is it a part of the numbers of what is late? Only whoever performs is late there, never a reviewer or whoever answers. */
export function isLateWork({ due, stage }: Pick<DigestEntry, 'due' | 'stage'>): boolean {
  return isLate({ due }) && isPerforming(stage)
}

/** The lines about others, each deadline in one part only, so that the counts of the parts can be summed. */
export function countedParts(input: Pick<DigestInput, 'sections' | 'recipient' | 'standing'>) {
  const { press, 'stand-by': standing, know } = partsOf(input)
  const standBy = without(standing, press)
  return { press, standBy, know: without(know, [...press, ...standBy]) }
}

function without(entries: readonly DigestEntry[], counted: readonly DigestEntry[]): DigestEntry[] {
  const told = new Set(counted.map((e) => e.deadline))
  return entries.filter((e) => !told.has(e.deadline))
}

/** Who of those on the same rung comes before the reader. */
export function firstOf({ alsoTold }: Pick<DigestEntry, 'alsoTold'>): AlsoTold | undefined {
  return alsoTold.find((t) => t.together && t.first)
}
