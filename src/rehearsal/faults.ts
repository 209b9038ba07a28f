import type { Pool } from '../db/pool.ts'
import { rows } from '../db/pool.ts'
import type { MailTransport } from '../mail/transport.ts'

type Ticks = { tickDeadline(deadline: string, poke: number): Promise<unknown> }

/**
 * Plants a fault: the n-th firing that tells somebody in a later round loses its notifications, as a bug would.
 * The reconciliation must report them missing.
 */
export function suppressFiring<A extends Ticks>(activities: A, pool: Pool, nth = 20): A {
  let seen = 0
  return {
    ...activities,
    async tickDeadline(deadline: string, poke: number) {
      const before = await causesOf(pool, deadline)
      const answer = await activities.tickDeadline(deadline, poke)
      const fresh = (await causesOf(pool, deadline)).filter((cause) => !before.includes(cause))
      for (const cause of fresh) {
        seen += 1
        if (seen === nth) await pool.query('delete from notifications where cause = $1', [cause])
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
export function doubleMail(transport: MailTransport, nth = 20): MailTransport {
  let sent = 0
  return {
    ...transport,
    async send(mail) {
      sent += 1
      if (sent === nth) await transport.send({ ...mail, messageId: mail.messageId.replace('<', '<again.') })
      return transport.send(mail)
    },
    close: () => transport.close(),
  }
}
