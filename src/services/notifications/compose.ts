import { newId } from '../../db/ids.ts'
import type { Sql } from '../../db/pool.ts'
import { composeDigest } from '../../mail/digest.ts'
import { flat } from '../../mail/flat.ts'
import { acceptedItems, openItems } from '../deadlines/store.ts'
import type { LetterDeps } from '../deps.ts'
import type { County } from '../people/offices.ts'
import type { TickTime } from '../schedule/tick-time.ts'
import { countedItems } from './counted-items.ts'
import { type Composing, digestFor } from './digest-input.ts'
import { withMoved } from './moved-lines.ts'
import { addRound, type NewMail } from './outbox.ts'
import { MAX_ITEMS, readRound } from './read-round.ts'
import { lateIn } from './reader-standing.ts'
import type { Reader } from './readers.ts'
import { dueNotifications, markMailed, markMoot, type QueuedNotification } from './store.ts'

/**
 * One digest for each person of everything the round owes them, and of how things stand at this instant. What has been done
 * meanwhile is moot: nobody hears of it.
 * @returns how many mails went into the outbox
 */
export async function composeRound(
  tx: Sql,
  letters: LetterDeps,
  home: County,
  time: TickTime,
): Promise<number> {
  const queued = await dueNotifications(tx, home.office, time.now)
  if (queued.length === 0) return 0
  const due = await withMoved(tx, queued)
  const ids = [...new Set(due.flatMap((n) => n.deadline ?? []))]
  const [open, accepted] = await Promise.all([
    openItems(tx, ids, MAX_ITEMS),
    acceptedItems(tx, [...new Set(due.flatMap((n) => n.obligation ?? []))]),
  ])
  const holds = (n: QueuedNotification) =>
    n.obligation !== null ? accepted.has(n.obligation) : n.deadline === null || open.has(n.deadline)
  const alive = due.filter(holds)
  const told = new Set(alive.map((n) => n.id))
  await markMoot(
    tx,
    queued.filter((n) => !told.has(n.id)).map((n) => n.id),
  )
  if (alive.length === 0) return 0
  const composing = await readRound(tx, { letters, home, now: time.now, alive, ids, open, accepted })
  return postRound(tx, composing, time)
}

async function postRound(tx: Sql, composing: Composing, time: TickTime): Promise<number> {
  const { home, roundAt, urgent, letters, notifications } = composing
  const people = new Set(notifications.map((n) => n.person))
  const recipients = [...composing.readers.values()].filter((reader) => people.has(reader.id))
  const written = recipients.map((reader) => {
    const theirs = notifications.filter((n) => n.person === reader.id)
    return { mail: letterFor(reader, theirs, composing), notifications: theirs }
  })
  await addRound(
    tx,
    { county: home.office, at: roundAt, urgent, archived: letters.archive },
    written.map((w) => w.mail),
    time,
  )
  await markMailed(
    tx,
    written.flatMap((w) => w.notifications.map((n) => ({ notification: n.id, mail: w.mail.id }))),
  )
  return written.length
}

function letterFor(reader: Reader, theirs: readonly QueuedNotification[], composing: Composing): NewMail {
  const { letters, home, roundAt } = composing
  const id = newId('ml')
  const input = digestFor(reader, theirs, composing, id)
  return {
    id,
    messageId: `<${id}@${letters.mailDomain}>`,
    person: reader.id,
    toAddress: reader.email,
    ...composeDigest(input),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Duban-Round': new Date(roundAt).toISOString(),
      'X-Duban-Reader': encodeURIComponent(flat(`${reader.officeName} ${reader.name}`)),
    },
    counted: countedItems(reader, input.sections, composing),
    threadId: `<thread.${reader.id}.${home.office}@${letters.mailDomain}>`,
    lateCount: lateIn(input.standing),
  }
}
