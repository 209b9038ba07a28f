import {
  CAUSE_LABELS,
  type Cause,
  codesOf,
  GROUP_LABELS,
  type Group,
  LEVEL_LABELS,
  type Level,
  OUTCOME_LABELS,
  type Outcome,
  SOURCE_LABELS,
  type Source,
} from '../../../src/domain/obligation/vocabulary.ts'
import { OUTCOMES } from '../../../src/domain/obligation/outcomes.ts'
import { type Day, addDays, instantAt } from '../../../src/domain/time/days.ts'
import { newId } from '../../../src/db/ids.ts'
import { inTransaction, type Pool } from '../../../src/db/pool.ts'
import { type Registration, registerObligations } from '../../../src/services/obligations/register.ts'
import { now as businessNow } from '../../../src/services/schedule/clock.ts'
import { encryptSubject, makeKeyring } from '../../../src/services/vault/encryption.ts'
import { seededRandom } from '../../../src/rehearsal/seeded-random.ts'
import { householdOf } from '../../support/households.ts'
import { COUNTY } from '../../support/county.ts'

/** What is known of a warning that was made up, counted apart from the ledger. */
export type Given = {
  id: string
  n: number
  town: string
  village: string
  level: Level | null
  cause: Cause | null
  group: Group | null
  source: Source | null
  issuedOn: Day
  /** The number behind it; null where the household has none. */
  household: number | null
  /** What becomes of it: an outcome, cancelled, or nothing yet. */
  fate: Outcome | 'cancelled' | 'open'
}

const TOWNS = ['maoba', 'donghe', 'hongchun']
const VILLAGES = ['虚构村', '双河村', '']
const FIRST: Day = '2022-05-16'

/** Made-up warnings of three towns, some of a household that has another, some without a number. */
export function madeUp(count: number): Given[] {
  return Array.from({ length: count }, (_, n) => {
    const { pick, below } = dice(n)
    return {
      ...{ id: newId('ob'), n, town: pick(TOWNS), village: pick(VILLAGES) },
      level: pick([...codesOf(LEVEL_LABELS)]),
      cause: pick([...codesOf(CAUSE_LABELS), null]),
      group: pick([...codesOf(GROUP_LABELS), null]),
      source: pick([...codesOf(SOURCE_LABELS), null]),
      issuedOn: addDays(FIRST, below(20)),
      household: pick([below(count), below(8), below(8), null]),
      fate: pick([...codesOf(OUTCOME_LABELS), 'cancelled', 'open', 'open'] as const),
    }
  })
}

function dice(n: number) {
  const chance = seededRandom(2022, `statistic|${n}`)
  return {
    below: (end: number) => chance.whole(0, end - 1),
    pick: <T>(from: readonly T[]) => chance.pick(from),
  }
}

export async function register(pool: Pool, given: readonly Given[]): Promise<void> {
  const keys = makeKeyring(Buffer.alloc(32, 7))
  const registrations = given.map((one): Registration => {
    const { id, n, town, level, cause, group, source, issuedOn, household, village } = one
    const person = household === null ? { ...householdOf(n), idNo: '', phone: '' } : householdOf(household)
    return {
      ...{
        id,
        key: `platform|S${n}`,
        externalId: `S${n}`,
        kind: 'warning',
        facts: {},
        title: '因病预警核查',
      },
      ...{ phase: 'verification', office: `${COUNTY}.${town}`, reviewer: `${COUNTY}.jiuzhu` },
      ...{ level, cause, group, source, issuedAt: instantAt(issuedOn, '09:00'), startOn: issuedOn },
      ...{ fixedDueOn: null, importId: null, contentHash: null },
      subject: encryptSubject(keys, id, { ...person, village }),
    }
  })
  await inTransaction(pool, async (tx) => {
    await registerObligations(
      tx,
      { county: COUNTY, actor: 'test', now: await businessNow(tx) },
      registrations,
    )
  })
}

/** What is handed in for an outcome. */
export function resultOf(outcome: Outcome): object {
  return OUTCOMES[outcome].exit ? { outcome, exitReason: 'moved', decidedBy: '镇长办公会' } : { outcome }
}
