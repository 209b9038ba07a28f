import { now as businessNow } from '../src/services/schedule/clock.ts'
import { newId } from '../src/db/ids.ts'
import { inTransaction, type Pool } from '../src/db/pool.ts'
import { openRegistrar } from '../src/services/obligations/register.ts'
import { dayOf } from '../src/domain/time/days.ts'
import type { Level } from '../src/domain/obligation/vocabulary.ts'

export const COUNTY = 'sn.ak.zy'
const BATCH = 5_000

export type Given = { office: string; level: Level; count: number }

/** Registers warnings of one office, issued at the business time it is now. */
export async function giveWarnings(pool: Pool, { office, level, count }: Given): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const now = await businessNow(tx)
    const registrar = await openRegistrar(tx, { county: COUNTY, actor: 'bench', now })
    const common = { kind: 'warning', title: '预警核查', phase: null, cause: null, group: null } as const
    const nothing = {
      facts: {},
      source: null,
      fixedDueOn: null,
      importId: null,
      contentHash: null,
      subject: null,
    }
    const theirs = { office, level, reviewer: `${COUNTY}.jiuzhu`, issuedAt: now, startOn: dayOf(now) }
    for (let from = 0; from < count; from += BATCH) {
      const batch = Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => {
        const externalId = `B-${office}-${from + i}`
        return { id: newId('ob'), ...common, ...nothing, ...theirs, key: externalId, externalId }
      })
      await registrar.add(batch)
    }
  })
}
