import { Client, Connection } from '@temporalio/client'
import { setTimeout as sleep } from 'node:timers/promises'
import { workflowId } from '../src/contract/workflows.ts'
import { type Pool, rows } from '../src/db/pool.ts'
import { instantAt } from '../src/domain/time/days.ts'
import { COUNTY, giveWarnings } from './given-warnings.ts'
import { report, withParts } from './support.ts'
import { endAssignments } from '../src/services/obligations/assignments.ts'

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
    for (const [town, n] of Object.entries(BEHIND))
      await giveWarnings(pool, { office: `${COUNTY}.${town}`, level: 'orange', count: n })
    await untilReminded(pool)
    const open = await rows<{ id: string }>(pool, 'select id from obligations where stage is not null')
    await endAssignments(
      pool,
      open.map((o) => o.id),
      Date.now(),
    )
    await untilDone(pool)
    const connection = await Connection.connect({ address: engine.address() ?? '' })
    const client = new Client({ connection })
    const events: Record<string, number> = {}
    for (const { id, town } of await deadlines(pool)) {
      const history = await client.workflow.getHandle(workflowId('deadline', id)).fetchHistory()
      events[`${BEHIND[town as keyof typeof BEHIND]} warnings`] = history.events?.length ?? 0
    }
    await connection.close()
    if (Object.values(events).filter((n) => n > 0).length < Object.keys(BEHIND).length)
      throw new Error(`not every deadline has a history: ${JSON.stringify(events)}`)
    report('engine', { historyEvents: events, goal: 20 })
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
