import { ROLE_LABELS, type Stage } from '../../domain/obligation/vocabulary.ts'
import type { AlsoTold } from '../../mail/digest-types.ts'
import type { Reader } from './readers.ts'
import type { QueuedNotification } from './store.ts'

/** Whom the same occasions tell besides one reader: performer, head and centre know of each other. */
export function alsoTold(
  mine: readonly QueuedNotification[],
  all: readonly QueuedNotification[],
  readers: ReadonlyMap<string, Reader>,
  stage: Stage,
): AlsoTold[] {
  const causes = new Map(mine.map((n) => [n.cause, n]))
  const told = all.flatMap((other): [string, AlsoTold][] => {
    const own = causes.get(other.cause)
    const reader = readers.get(other.person)
    if (!own || !reader || other.person === own.person) return []
    const { name, phone } = reader
    return [[other.person, { name, phone, as: standingAs(other, stage), together: isTogether(own, other) }]]
  })
  return [...new Map(told).values()]
}

/** What somebody is to the thing they are told of. */
function standingAs({ audience }: QueuedNotification, stage: Stage): string {
  if (audience && audience.to !== 'holder') return audience.roles.map((role) => ROLE_LABELS[role]).join('、')
  return stage === 'review' ? '复核人' : '经办人'
}

/** Do two stand on the same rung, or both hold it? */
function isTogether(one: QueuedNotification, other: QueuedNotification): boolean {
  return JSON.stringify(one.audience) === JSON.stringify(other.audience)
}
