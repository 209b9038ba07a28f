import { now as businessNow } from '../../services/schedule/clock.ts'
import { counties } from '../../services/people/offices.ts'
import { readSampleOffices, seedCounty } from '../../services/people/seed.ts'
import { readState, setState } from '../../services/watching/engine-state.ts'
import { inTransaction, type Pool, type Sql } from '../../db/pool.ts'
import type { Beginning } from './production.ts'

/** Set where a county was begun without a demonstration: a later start puts no sample people beside the real ones. */
const OWN = 'own-county'

/**
 * Gives an empty trial its offices; sample people go with a demonstration and a rehearsal. A county of one's own prepares: its
 * mail is held until it is opened.
 */
export function seedTrialCounty(owner: Pool, begin: Beginning): Promise<void> {
  return inTransaction(owner, async (tx) => {
    if ((await counties(tx)).length > 0) return
    const sample = await readSampleOffices()
    const now = await businessNow(tx)
    if (begin !== 'campaign') return seedCounty(tx, sample, now)
    await seedCounty(tx, { ...sample, people: [] }, now, { mailState: 'preparing' })
    await setState(tx, OWN, 'begun')
  })
}

/** What these data were begun as, where they are there already: neither becomes the other by another start. */
export async function beginningIn(owner: Sql, wanted: Beginning): Promise<Beginning> {
  if (wanted === 'offices') return wanted
  if ((await readState(owner, OWN)) !== null) return 'campaign'
  return (await readState(owner, 'demo')) === null ? wanted : 'demo'
}
