import type { BaseDeps, LetterDeps } from '../../services/deps.ts'
import { choosePlan } from '../../services/campaigns/chosen-plan.ts'
import { launchCampaign, launchDetail } from '../../services/campaigns/launch.ts'
import { campaigns } from '../../services/campaigns/store.ts'
import { addAuditEvent } from '../../services/audit/trail.ts'
import { readCalendar } from '../../services/schedule/calendar.ts'
import { now as businessNow, readClock, setClock } from '../../services/schedule/clock.ts'
import { pokeAllWatches } from '../../services/watching/standing-check.ts'
import { counties } from '../../services/people/offices.ts'
import { clearFacts } from '../../db/truncate.ts'
import { readState, setState } from '../../services/watching/engine-state.ts'
import { inTransaction, type Pool } from '../../db/pool.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import { layDemo } from '../../demo/demo.ts'
import { fillInbox } from '../../demo/fill-inbox.ts'
import type { MailTransport } from '../../mail/transport.ts'
import { dayOf } from '../../domain/time/days.ts'
import type { PartsBoard } from './parts.ts'

type Beginning = BaseDeps & {
  keys: Keyring
  letters: LetterDeps
  begin: 'demo' | 'campaign' | 'offices'
  board: PartsBoard
  /** Takes the digests of a demonstration's past into the trial inbox; null when mail really leaves. */
  inboxTransport: MailTransport | null
  /** Somebody wants to stop: what is half laid is laid anew at the next start. */
  signal: AbortSignal
}

const DEMO = 'demo'
const LAYING = 'laying'

/** A demonstration whose laying was cut off is no county's data: it is cleared, to be laid anew. @returns whether it was */
export async function clearHalfLaidDemo(pool: Pool): Promise<boolean> {
  if ((await readState(pool, DEMO)) !== LAYING) return false
  await clearFacts(pool)
  return true
}

/** A county without a campaign gets one: this year's, or for a demonstration one with a past. */
export async function beginCounty(deps: Beginning): Promise<void> {
  if ((await campaigns(deps.pool)).length > 0) return catchUpDemo(deps)
  if (deps.begin === 'offices') return
  const now = await businessNow(deps.pool)
  for (const { office } of await counties(deps.pool))
    await (deps.begin === 'demo' ? beginDemo(deps, office, now) : beginThisYear(deps, office, now))
}

async function beginDemo(deps: Beginning, county: string, now: number): Promise<void> {
  const say = (share: number) =>
    deps.board.set({
      name: 'demo',
      mode: 'embedded',
      state: share < 1 ? 'starting' : 'ready',
      detail: share < 1 ? `正在生成演示数据 ${Math.round(share * 100)} %` : '虚构的人和户',
    })
  say(0)
  await setState(deps.pool, DEMO, LAYING)
  await layDemo(deps, county, now, { onProgress: say, signal: deps.signal })
  if (deps.inboxTransport) await fillInbox(deps.pool, deps.inboxTransport, deps.letters)
  await setState(deps.pool, DEMO, 'laid')
  say(1)
}

/** A demonstration that began on a day off is behind; at a start on a working day it is brought up to the real time. */
async function catchUpDemo({ pool, wallNow }: Beginning): Promise<void> {
  if ((await readState(pool, DEMO)) !== 'laid') return
  const { mode } = await readClock(pool)
  if (mode !== 'rate' || !(await readCalendar(pool, null)).isWorking(dayOf(wallNow()))) return
  await inTransaction(pool, async (tx) => {
    await setClock(tx, { mode: 'wall' })
    await pokeAllWatches(tx)
  })
}

/** What is past was done before the county began here, on the word of whoever started it. */
async function beginThisYear({ pool, wallNow }: Beginning, county: string, now: number): Promise<void> {
  const start = { county, year: Number(dayOf(now).slice(0, 4)) }
  const beginning = { choices: [], by: 'owner', wordOf: '本机管理员' }
  await inTransaction(pool, async (tx) => {
    const plan = await choosePlan(tx, start, { name: 'safety-net-2022' })
    const launch = { ...start, ...plan!, beginning }
    const subject = await launchCampaign(tx, launch, now)
    const event = { atWall: wallNow(), county, actor: 'owner', action: 'campaign.launch', subject }
    await addAuditEvent(tx, { ...event, outcome: 'done', detail: launchDetail(launch, now) })
  })
}
