import type { LineKind } from '../../domain/escalation/notification-kind.ts'
import { dueStatusOf, runningClockStatus } from '../../domain/obligation/clock-status.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import type { AtInstant } from '../../domain/obligation/standing.ts'
import { CAUSE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { isProvisional } from '../../domain/time/provisional.ts'
import { dayOf, type Instant } from '../../domain/time/days.ts'
import type { DigestEntry, DigestItem, Returned } from '../../mail/digest-types.ts'
import type { DeadlineRow, Item, OpenItems } from '../deadlines/store.ts'
import { alsoTold } from './also-told.ts'
import { passedOver, type PassedOverRow } from './passed-over.ts'
import type { LastReturn } from '../obligations/last-returns.ts'
import type { OfficeNames, Reader } from './readers.ts'
import { recipientReason } from './recipient-reason.ts'
import type { QueuedNotification } from './store.ts'

/** What a round is about, read once for all its readers. */
export type RoundFacts = AtInstant & {
  notifications: readonly QueuedNotification[]
  /** Everybody who was told of the same occasions, in this round or another. */
  told: readonly QueuedNotification[]
  readers: ReadonlyMap<string, Reader>
  /** In which round those who press were asked first, by deadline and person. */
  askedSince: ReadonlyMap<string, Instant>
  /** In whose place anybody is told. */
  passedOver: readonly PassedOverRow[]
  /** Who performs what is late, by office and the person it names. */
  holders: Holders
  offices: OfficeNames
  deadlines: ReadonlyMap<string, DeadlineRow>
  /** What is open behind each deadline: how many, and the first few. */
  open: ReadonlyMap<string, OpenItems>
  /** What was accepted, by its id. */
  accepted: ReadonlyMap<string, Item>
  /** Who sent something back last, and when, by its id. */
  returns: ReadonlyMap<string, LastReturn>
  dashboardUrl: string
  /** The calendar of an office with days of its own; left out, all count by `calendar`. */
  calendarOf?: (office: string) => Calendar
}

/** What it takes to name one thing. */
export type ItemFacts = AtInstant & Pick<RoundFacts, 'offices' | 'dashboardUrl' | 'calendarOf'>
export type Holders = ReadonlyMap<string, readonly string[]>

export function holderKey({ office, person }: { office: string; person: string | null }): string {
  return `${office}/${person ?? ''}`
}

/** Why the reader gets what no line is about, each reason once. */
export function reasonsBesides(notifications: readonly QueuedNotification[]): string[] {
  const besides = notifications.filter(({ deadline }) => deadline === null)
  return [...new Set(besides.map((n) => recipientReason(n, null, '您')))]
}

/** One entry for each deadline and kind: two causes about the same thing are told once. */
export function entriesFor(notifications: readonly QueuedNotification[], facts: RoundFacts): DigestEntry[] {
  const groups = new Map<string, QueuedNotification[]>()
  for (const notification of notifications) {
    const deadline = facts.deadlines.get(notification.deadline ?? '')
    if (!deadline) continue
    const key = keyOf(notification, deadline)
    groups.set(key, [...(groups.get(key) ?? []), notification])
  }
  const told = [...groups.values()].flatMap(([first]) => (first ? [officeTold(first, facts)] : []))
  const many = new Set(told.filter((office) => office !== null)).size > 1
  return [...groups.values()].map((group) => entryOf(group, facts, many))
}

/** What was accepted reads alike whenever it was due. */
function keyOf({ kind }: QueuedNotification, { id, office, label }: DeadlineRow): string {
  return kind === 'accepted' ? `${kind}/${office}/${label}` : `${kind}/${id}`
}

/** The office that somebody else owes it in; null for the reader's own work. */
function officeTold({ audience, deadline }: QueuedNotification, { deadlines }: RoundFacts): string | null {
  return audience === null || audience.to === 'holder' ? null : deadlines.get(deadline!)!.office
}

/** @param many the round tells the reader of several offices, so that one reason speaks for all of them */
function entryOf(group: readonly QueuedNotification[], facts: RoundFacts, many: boolean): DigestEntry {
  const [first] = group as [QueuedNotification]
  const deadline = facts.deadlines.get(first.deadline!)!
  const { kind: obligationKind, stage, level, officeName, label } = deadline
  const { total, counted, items } = thingsOf(group, facts)
  return {
    kind: first.kind as LineKind,
    deadline: deadline.id,
    ...{ obligationKind, stage, level, officeName, label },
    count: total,
    again: 0,
    due: first.kind === 'accepted' ? null : dueOf({ ...deadline, counted }, facts),
    items: items.map((item) => itemOf(item, facts, ownerName(item, deadline.office, facts))),
    why: recipientReason(
      { ...first, stage },
      many && officeTold(first, facts) !== null ? '各单位' : officeName,
      '您',
    ),
    returned: returnedOf(items, facts),
    alsoTold: alsoTold(group, facts, stage),
    passedOver: passedOver(group, facts, stage),
  }
}

/** Who sent it back; of several, the last one speaks where they are of one day and one person. */
function returnedOf(items: readonly Item[], { returns }: RoundFacts): Returned | null {
  const all = items.flatMap((item) => returns.get(item.obligation) ?? [])
  const said = new Map(all.map(({ at, by }) => [`${dayOf(at)} ${by}`, { on: dayOf(at), by }]))
  const [only] = said.values()
  return said.size === 1 && only ? only : null
}

function thingsOf(group: readonly QueuedNotification[], { open, accepted }: RoundFacts) {
  const [first] = group as [QueuedNotification]
  if (first.kind !== 'accepted') return open.get(first.deadline!) ?? { total: 0, counted: false, items: [] }
  // Passed, taken back and passed again before the round, it is one thing all the same.
  const passed = new Set(group.map(({ obligation }) => obligation ?? ''))
  const items = [...passed].flatMap((id) => accepted.get(id) ?? [])
  return { total: items.length, counted: false, items }
}

type Due = Pick<DeadlineRow, 'dueOn' | 'dueAt' | 'office'> & { counted: boolean }

export function dueOf(due: Due, { now, ...facts }: ItemFacts) {
  const calendar = facts.calendarOf?.(due.office) ?? facts.calendar
  const { remainingWorkingDays, overdueWorkingDays } = dueStatusOf(due, calendar, now)
  return {
    dueOn: due.dueOn,
    provisional: due.counted && isProvisional(due.dueOn, calendar),
    clock: runningClockStatus(due, calendar, now),
    remainingWorkingDays,
    overdueWorkingDays,
  }
}

/** Reviews of one deadline are of many towns, which the line of the reviewing office does not name. */
function ownerName({ owner }: Item, office: string, { offices }: ItemFacts): string | null {
  return owner === office ? null : (offices.get(owner)?.name ?? owner)
}

export function itemOf(
  item: Omit<Item, 'owner'>,
  { dashboardUrl }: ItemFacts,
  owner: string | null = null,
): DigestItem {
  return {
    obligationId: item.obligation,
    owner,
    externalId: item.externalId,
    title: item.title,
    cause: item.cause ? CAUSE_LABELS[item.cause] : null,
    ...{ movedFrom: item.movedFrom, movedBy: item.movedBy },
    url: `${dashboardUrl}/app/obligations/${item.obligation}`,
  }
}
