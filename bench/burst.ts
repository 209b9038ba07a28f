import { setClock } from '../src/services/schedule/clock.ts'
import { type Pool, row, rows } from '../src/db/pool.ts'
import { earliestWake } from '../src/services/watching/watches.ts'
import { type Instant, instantAt } from '../src/domain/time/days.ts'
import { createTransport } from '../src/mail/transport.ts'
import { reachQuiescence } from '../src/engine/quiescence.ts'
import { COUNTY, giveWarnings } from './given-warnings.ts'
import { median, numberAfter, report, secondsOf, withParts } from './support.ts'

/** As many side by side as the product's own delivery takes. */
const AT_ONCE = 32
const ISSUED = instantAt('2022-06-06', '18:30')

/**
 * Yellow warnings of every town owing a reminder at one instant: from that instant until the last mail is accepted, against
 * a loop that marks each warning and sends a mail for each. `--small` leaves out the tenfold load, `--rows N` and `--rounds N` change the rest.
 */
export async function bench(args: string[]): Promise<void> {
  const warnings = numberAfter(args, '--rows') ?? 20_000
  const rounds = numberAfter(args, '--rounds') ?? 3
  const product: Measured[] = []
  const floor: number[] = []
  for (let round = 0; round < rounds; round++)
    await withCounty(warnings, async ({ pool, smtpUrl }) => {
      product.push(await productSends(pool, warnings))
      floor.push(await secondsOf(() => bareLoop(pool, smtpUrl)))
    })
  const productSeconds = product.map((p) => p.seconds)
  const tenfold: Measured[] = []
  if (!args.includes('--small'))
    await withCounty(warnings * 10, async ({ pool }) => {
      tenfold.push(await productSends(pool, warnings * 10))
    })
  report('burst', {
    warnings,
    mails: product.map((p) => p.mails),
    productSeconds,
    floorSeconds: floor,
    ratio: median(productSeconds) / median(floor),
    goal: 0.1,
    tenfoldSeconds: tenfold[0]?.seconds ?? null,
    tenfoldRatio: tenfold[0] ? tenfold[0].seconds / median(productSeconds) : null,
    tenfoldGoal: 3,
  })
}

type Measured = { seconds: number; mails: number }
type Ready = { pool: Pool; smtpUrl: string }

/** A county of its own, its warnings registered and watched, nothing fired yet. */
async function withCounty(warnings: number, work: (ready: Ready) => Promise<void>): Promise<void> {
  const clock = { mode: 'stepped', businessAt: ISSUED } as const
  await withParts({ begin: 'offices', clock }, async ({ pool, inbox }) => {
    const towns = await rows<{ code: string }>(pool, `select code from offices where kind = 'town'`)
    for (const [i, { code }] of towns.entries()) {
      const count = Math.floor((warnings + i) / towns.length)
      await giveWarnings(pool, { office: code, level: 'yellow', count })
    }
    await pool.query('analyze')
    await settled(pool, ISSUED)
    await work({ pool, smtpUrl: inbox?.smtpUrl ?? '' })
  })
}

/** Steps the clock to the reminders and on to the round that carries them. @returns the time until every mail is accepted */
async function productSends(pool: Pool, warnings: number): Promise<Measured> {
  const seconds = await secondsOf(async () => {
    for (let mails = 0; mails === 0; mails = await accepted(pool)) {
      const wake = await earliestWake(pool)
      if (wake === null) throw new Error('nobody is watched')
      await setClock(pool, { mode: 'stepped', businessAt: wake })
      await settled(pool, wake)
    }
  })
  const told = await row<{ open: number; moments: number }>(
    pool,
    'select sum(open_count) as open, count(distinct at) as moments from firings',
  )
  if (told?.open !== warnings || told.moments !== 1)
    throw new Error(`not one burst of ${warnings}: ${JSON.stringify(told)}`)
  return { seconds, mails: await accepted(pool) }
}

async function accepted(pool: Pool): Promise<number> {
  const found = await row<{ n: number }>(pool, `select count(*) as n from mails where state = 'accepted'`)
  return found?.n ?? 0
}

async function settled(pool: Pool, now: Instant): Promise<void> {
  const left = await reachQuiescence(pool, now)
  if (left.length > 0) throw new Error(`not settled: ${left.join(', ')}`)
}

/** The floor: no scheduler, no digests. Each warning is marked and a mail sent, as many side by side as the product sends. */
async function bareLoop(pool: Pool, smtpUrl: string): Promise<void> {
  const transport = createTransport(smtpUrl, { connections: 8 })
  const queue = await rows<{ id: string; externalId: string }>(
    pool,
    `select id, external_id as "externalId" from obligations where county = $1 and state = 'open'`,
    [COUNTY],
  )
  const one = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      await pool.query('update obligations set version = version + 1 where id = $1', [next.id])
      const fate = await transport.send(letter(next))
      if (fate.kind !== 'accepted') throw new Error(`the sink said ${fate.kind}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  await transport.close()
}

function letter({ id, externalId }: { id: string; externalId: string }) {
  const text = `预警 ${externalId} 尚未核查,请按期办理。`
  return {
    messageId: `<${id}@duban.example>`,
    from: { name: '督办', address: 'duban@duban.example' },
    replyTo: 'duban@duban.example',
    to: 'town@duban.example',
    subject: `预警 ${externalId} 待核查`,
    text,
    html: `<p>${text}</p>`,
    headers: {},
    references: [],
  }
}
