import type { Audience } from '../../domain/escalation/audience.ts'
import { type Role, ROLE_LABELS, type Stage } from '../../domain/obligation/vocabulary.ts'
import { dayOf, type Instant } from '../../domain/time/days.ts'
import { holderWord } from '../../mail/digest-people.ts'
import type { AlsoTold } from '../../mail/digest-types.ts'
import type { Reader } from './readers.ts'
import type { QueuedNotification } from './store.ts'

/** Everybody told of the same occasions, and since when those who press have been asked, by deadline and person. */
type Facts = {
  told: readonly QueuedNotification[]
  readers: ReadonlyMap<string, Reader>
  askedSince: ReadonlyMap<string, Instant>
}

/** Whom the same occasions tell besides one reader: performer, head and centre know of each other. */
export function alsoTold(
  mine: readonly QueuedNotification[],
  { told: all, readers, askedSince }: Facts,
  stage: Stage,
): AlsoTold[] {
  const causes = new Map(mine.map((n) => [n.cause, n]))
  const told = all.flatMap((other): [string, Told][] => {
    const own = causes.get(other.cause)
    const reader = readers.get(other.person)
    if (!own || !reader || other.person === own.person) return []
    const { name, phone } = reader
    const together = isTogether(own, other)
    const asked = other.audience?.to === 'rung'
    const first = askedSince.get(`${other.deadline}/${other.person}`) ?? other.roundAt
    const since = asked ? dayOf(first) : null
    const as = standingAs(other, stage)
    const height = heightOf(other)
    return [[other.person, { id: other.person, name, phone, as, together, asked, since, height }]]
  })
  const sorted = [...new Map(told).values()].sort((a, b) => a.height - b.height || (a.id < b.id ? -1 : 1))
  return withFirst(sorted, mine[0]?.person ?? '')
}

/** `height`: whoever does the work comes first, for they are called first; then who stands above them, step by step. */
type Told = Omit<AlsoTold, 'first'> & { id: string; height: number }

function heightOf({ audience }: Pick<QueuedNotification, 'audience'>): number {
  if (audience === null || audience.to === 'holder') return -1
  return Math.max(...audience.roles.map((role) => HEIGHT.indexOf(role)))
}

/** Of those who share a role the first is the one whom `whom: first` would tell: the order of their ids. */
function withFirst(told: readonly Told[], reader: string): AlsoTold[] {
  const sharing = [reader, ...told.filter((t) => t.together).map((t) => t.id)].sort()
  return told.map(({ id, height: _height, ...other }) => ({
    ...other,
    first: other.together && id === sharing[0],
  }))
}

/** What somebody is to the thing they are told of. */
function standingAs({ audience }: QueuedNotification, stage: Stage): string {
  if (audience && audience.to !== 'holder') return audience.roles.map((role) => ROLE_LABELS[role]).join('、')
  return holderWord(stage)
}

/** Do two stand on the same rung, or both hold it? */
function isTogether(one: QueuedNotification, other: QueuedNotification): boolean {
  return JSON.stringify(one.audience) === JSON.stringify(other.audience)
}

/** How far up the county's posts stand, so that the highest one told can be named. */
const HEIGHT: readonly Role[] = [
  'town-officer',
  'town-head',
  'verification-centre',
  'relief-centre',
  'bureau-leader',
]

/** The highest post that has been told of what is late, by office. */
export function highestTold(told: readonly { office: string; audience: Audience }[]): Map<string, string> {
  const heights = new Map<string, number>()
  for (const { office, audience } of told) {
    const roles = audience.to === 'holder' ? [] : audience.roles
    heights.set(office, Math.max(heights.get(office) ?? 0, ...roles.map((role) => HEIGHT.indexOf(role))))
  }
  return new Map(
    [...heights].map(([office, height]) => [office, height > 0 ? ROLE_LABELS[HEIGHT[height]!] : '经办人']),
  )
}
