import { Client, Connection } from '@temporalio/client'
import { setTimeout as sleep } from 'node:timers/promises'
import { workflowId } from '../src/contract/workflows.ts'
import { readCalendar } from '../src/db/calendar-store.ts'
import { now as businessNow } from '../src/db/clock-store.ts'
import { currentPolicy } from '../src/db/policy-store.ts'
import { inTransaction, type Pool, rows } from '../src/db/pool.ts'
import { registerObligations } from '../src/db/registration.ts'
import { dayOf, instantAt } from '../src/domain/days.ts'
import { report, withParts } from './support.ts'

const COUNTY = 'sn.ak.zy'
const BEHIND = { maoba: 1, donghe: 100, jieling: 10_000 }

/** History events of a shared deadline from its start to its end: reminded once, done before the next reminder. */
export async function bench(): Promise<void> {
  // A day passes in four seconds of wall time: real timers, but nobody has to wait ten days.
  const clock = {
    mode: 'rate',
    businessAnchor: instantAt('2022-06-06', '18:30'),
    wallAnchor: Date.now() + 20_000,
    rate: 21_600,
  } as const
  await withParts({ begin: 'offices', clock }, async ({ pool, engine }) => {
    for (const [town, n] of Object.entries(BEHIND)) await register(pool, town, n)
    await untilReminded(pool)
    await pool.query('update assignments set ended_at = now()')
    await untilDone(pool)
    const connection = await Connection.connect({ address: engine.address() ?? '' })
    const client = new Client({ connection })
    const events: Record<string, number> = {}
    for (const { id, town } of await deadlines(pool)) {
      const history = await client.workflow.getHandle(workflowId('deadline', id)).fetchHistory()
      events[`${BEHIND[town as keyof typeof BEHIND]} warnings`] = history.events?.length ?? 0
    }
    await connection.close()
    report('engine', { historyEvents: events, goal: 20 })
  })
}

async function register(pool: Pool, town: string, n: number): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const now = await businessNow(tx)
    const [policy, calendar] = [await currentPolicy(tx, COUNTY), await readCalendar(tx)]
    const context = { county: COUNTY, campaign: null, policy, calendar, actor: 'bench', now, silent: false }
    const common = {
      kind: 'warning',
      title: '预警核查',
      phase: null,
      level: 'orange',
      cause: null,
      group: null,
    } as const
    const nothing = { source: null, fixedDueOn: null, importId: null, contentHash: null, subject: null }
    const office = { office: `${COUNTY}.${town}`, reviewer: `${COUNTY}.jiuzhu` }
    const dates = { issuedAt: now, startOn: dayOf(now) }
    await registerObligations(
      tx,
      context,
      Array.from({ length: n }, (_, i) => {
        const externalId = `B-${town}-${i}`
        return { ...common, ...nothing, ...office, ...dates, key: externalId, externalId }
      }),
    )
  })
}

function deadlines(pool: Pool) {
  return rows<{ id: string; town: string }>(
    pool,
    `select id, split_part(office, '.', 4) as town from deadlines`,
  )
}

async function untilReminded(pool: Pool): Promise<void> {
  const fired = () => rows(pool, `select 1 from firings where moment = 'remind-2wd'`)
  while ((await fired()).length < 3) await sleep(100)
}

async function untilDone(pool: Pool): Promise<void> {
  const open = () => rows(pool, `select 1 from watches where kind = 'deadline' and not done`)
  while ((await open()).length > 0) await sleep(100)
}
