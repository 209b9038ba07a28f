import type { Pool } from '../db/pool.ts'
import { rows } from '../db/pool.ts'
import type { MailTransport } from '../mail/transport.ts'
import { type CourierTicks, type Planting, type Ticks, afterDeadline, spoil } from './planting.ts'

/**
 * Plants a fault: the n-th firing that tells somebody in a later round loses its notifications, as a bug would.
 * The reconciliation must report them missing.
 */
export function suppressFiring<A extends Ticks>(activities: A, planting: Planting, nth: number): A {
  let seen = 0
  return {
    ...activities,
    async tickDeadline(deadline: string, poke: number) {
      const before = await causesOf(planting.pool, deadline)
      const answer = await activities.tickDeadline(deadline, poke)
      const fresh = (await causesOf(planting.pool, deadline)).filter((cause) => !before.includes(cause))
      for (const cause of fresh) {
        seen += 1
        if (seen === nth) await spoil(planting, 'delete from notifications where cause = $1', [cause])
      }
      return answer
    },
  }
}

async function causesOf(pool: Pool, deadline: string): Promise<string[]> {
  const found = await rows<{ cause: string }>(
    pool,
    'select distinct cause from notifications where deadline = $1 and not urgent',
    [deadline],
  )
  return found.map((n) => n.cause)
}

/**
 * Plants a fault: the n-th mail goes out a second time as another mail. The reconciliation must report it
 * doubled.
 */
export function doubleMail(
  transport: MailTransport,
  { acted }: Pick<Planting, 'acted'>,
  nth: number,
): MailTransport {
  let sent = 0
  return {
    ...transport,
    async send(mail) {
      sent += 1
      if (sent === nth) {
        acted()
        await transport.send({ ...mail, messageId: mail.messageId.replace('<', '<again.') })
      }
      return transport.send(mail)
    },
    close: () => transport.close(),
  }
}

/** Plants a fault: the n-th late mail says of its reader one late obligation too few. The account must call it untrue. */
export function lieStanding(
  transport: MailTransport,
  { acted }: Pick<Planting, 'acted'>,
  nth: number,
): MailTransport {
  let seen = 0
  return {
    async send(mail) {
      const late = /^◆ .*逾期 (\d+) 件/m.exec(mail.text)
      if (late) seen += 1
      if (!late || seen !== nth) return transport.send(mail)
      acted()
      const lie = late[0].replace(`逾期 ${late[1]} 件`, `逾期 ${Number(late[1]) - 1} 件`)
      return transport.send({ ...mail, text: mail.text.replace(late[0], lie) })
    },
    close: () => transport.close(),
  }
}

/** Plants a fault: performers never hear that they are late. The account must report lines missing and people untold. */
export function leaveOutPerformer<A extends Ticks>(activities: A, planting: Planting): A {
  return afterDeadline(activities, (deadline) =>
    spoil(
      planting,
      `delete from notifications where deadline = $1 and kind = 'overdue' and state = 'queued'`,
      [deadline],
    ),
  )
}

/**
 * Plants a fault: each standing of a week is owed once more, a day later. The account must find mails about nothing; some readers
 * have other lines that day.
 */
export function doubleStanding<A extends CourierTicks>(activities: A, planting: Planting): A {
  let planted = false
  return {
    ...activities,
    async tickCourier(county: string, poke: number) {
      const answer = await activities.tickCourier(county, poke)
      if (!planted) planted = await owedAgain(planting)
      return answer
    },
  }
}

function owedAgain(planting: Planting): Promise<boolean> {
  return spoil(
    planting,
    `insert into notifications (id, county, cause, person, kind, urgent, round_at, created_at)
     select n.id || '-again', n.county, n.cause || '-again', n.person, n.kind, n.urgent, n.round_at + interval '1 day', n.created_at
       from notifications n where n.kind = 'standing' and n.state = 'mailed'`,
  )
}
