import type { WorkerDeps } from '../engine/worker.ts'
import { doubleMail, doubleStanding, leaveOutPerformer, lieStanding, suppressFiring } from './faults.ts'
import { forgetVisits, unlinkHit } from './faults-of-campaign.ts'
import { leaveMovedUntold, recountAloud, remindMerged, tellUndone } from './faults-of-county.ts'
import { forgetPromise, remindPaused, swallowExtension } from './faults-of-life.ts'
import type { CourierTicks, Planting, Ticks } from './planting.ts'
import type { Fault } from './types.ts'

/** Which of several is spoilt, where a fault spoils one: late enough for a year. */
const NTH = 20

type How = { nth?: number; acted?: (fault: Fault) => void }
type OfDeadlines = <A extends Ticks>(activities: A, planting: Planting) => A
type OfCourier = <A extends CourierTicks>(activities: A, planting: Planting) => A

const OF_DEADLINES = {
  'leave-out-performer': leaveOutPerformer,
  'paused-reminded': remindPaused,
  'swallow-extension': swallowExtension,
  'unlink-hit': unlinkHit,
  'forget-visits': forgetVisits,
  'recount-aloud': recountAloud,
  'undone-told': tellUndone,
  'merged-reminded': remindMerged,
} satisfies Partial<Record<Fault, OfDeadlines>>
const OF_COURIER = {
  'double-standing': doubleStanding,
  'forget-promise': forgetPromise,
  'moved-untold': leaveMovedUntold,
} satisfies Partial<Record<Fault, OfCourier>>

/** Plants a fault around what was planted before. `acted` hears each time that it did something. */
export function plant(deps: WorkerDeps, fault: Fault, { nth = NTH, acted }: How = {}): WorkerDeps {
  const planting: Planting = { pool: deps.pool, acted: () => acted?.(fault) }
  const ofDeadlines = (spoilt: OfDeadlines): WorkerDeps => ({
    ...deps,
    wrapDeadlines: (a) => spoilt(deps.wrapDeadlines?.(a) ?? a, planting),
  })
  switch (fault) {
    case 'double-mail':
      return { ...deps, transport: doubleMail(deps.transport, planting, nth) }
    case 'lie-standing':
      return { ...deps, transport: lieStanding(deps.transport, planting, nth) }
    case 'suppress-firing':
      return ofDeadlines((activities, of) => suppressFiring(activities, of, nth))
    case 'double-standing':
    case 'forget-promise':
    case 'moved-untold': {
      const spoilt = OF_COURIER[fault]
      return { ...deps, wrapCourier: (a) => spoilt(deps.wrapCourier?.(a) ?? a, planting) }
    }
    default:
      return ofDeadlines(OF_DEADLINES[fault])
  }
}
