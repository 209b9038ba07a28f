import { type Office, officesUnder } from '../services/people/offices.ts'
import { newId } from '../db/ids.ts'
import { inTransaction, type Pool } from '../db/pool.ts'
import { type Registration, registerObligations } from '../services/obligations/register.ts'
import { reviewerOf } from '../services/obligations/reviewer.ts'
import { type Keyring, encryptSubject, type Person } from '../services/vault/encryption.ts'
import { type Day, dayOf, type Instant, instantAt } from '../domain/time/days.ts'
import type { Group, Level } from '../domain/obligation/vocabulary.ts'
import { warning as warningKind } from '../kinds/warning.ts'
import { drawLevel, GROUPS, REASONS, type Reason, syntheticPerson } from './households.ts'
import { makeRandom, type Random } from './random.ts'

export type PlannedWarning = {
  number: string
  issuedAt: Instant
  level: Level
  reason: Reason
  town: Office
  seed: number
}

/** So many of them fall due on the day that is shown. */
const DUE_TODAY = 3
export const LEVEL_DUE_TODAY: Level = 'orange'

/** What the platform will publish on these days, in order of issue. */
export async function plannedWarnings(
  pool: Pool,
  county: string,
  random: Random,
  over: { days: readonly Day[]; count: number; dueToday: Day },
): Promise<PlannedWarning[]> {
  const towns = (await officesUnder(pool, county)).filter((o) => o.kind === 'town')
  const drawn = Array.from({ length: over.count }, (_, nth) => {
    const forToday = nth < DUE_TODAY
    const day = forToday ? over.dueToday : random.pick(over.days)
    const time = `${String(8 + random.below(10)).padStart(2, '0')}:${String(random.below(60)).padStart(2, '0')}`
    const seed = random.below(1_000_000)
    return {
      issuedAt: instantAt(day, time),
      level: forToday ? LEVEL_DUE_TODAY : drawLevel(random),
      reason: random.pick(REASONS),
      town: random.pick(towns),
      seed,
    }
  }).sort((a, b) => a.issuedAt - b.issuedAt)
  return drawn.map((w, i) => ({
    ...w,
    number: `YS${dayOf(w.issuedAt).slice(0, 7).replace('-', '')}${String(i + 1).padStart(5, '0')}`,
  }))
}

/** Whom a warning is about. */
export function householdOfWarning({ seed, reason }: PlannedWarning): { person: Person; group: Group } {
  const random = makeRandom(seed)
  const person = syntheticPerson(random, reason.detail)
  return { person, group: random.pick(GROUPS) }
}

/** Registers one warning as an import would, at an earlier time. */
export async function registerWarning(
  { pool, keys }: { pool: Pool; keys: Keyring },
  county: string,
  warning: PlannedWarning,
  now: Instant,
): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const registration = registrationOf(warning, keys, await officesUnder(tx, county))
    await registerObligations(tx, { county, actor: 'demo', now }, [registration])
  })
}

function registrationOf(warning: PlannedWarning, keys: Keyring, offices: Office[]): Registration {
  const { number, issuedAt, level, reason, town } = warning
  const { person, group } = householdOfWarning(warning)
  const id = newId('ob')
  return {
    id,
    key: `platform|${number}`,
    externalId: number,
    kind: warningKind.code,
    facts: {},
    title: warningKind.title({ level, cause: reason.cause, facts: {} }),
    phase: warningKind.phase,
    office: town.code,
    reviewer: reviewerOf(town, offices),
    level,
    cause: reason.cause,
    group,
    source: reason.source,
    issuedAt,
    startOn: dayOf(issuedAt),
    fixedDueOn: null,
    importId: null,
    contentHash: null,
    subject: encryptSubject(keys, id, person),
  }
}
