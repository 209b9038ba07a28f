import type { BaseDeps, LetterDeps } from '../activities/deps.ts'
import { readCampaignTemplate } from '../db/campaign-template.ts'
import { openCampaign, startCampaign } from '../db/campaign-store.ts'
import { now as businessNow } from '../db/clock-store.ts'
import { counties } from '../db/office-store.ts'
import { poke } from '../db/poke-store.ts'
import { inTransaction } from '../db/pool.ts'
import type { Keyring } from '../db/sealing.ts'
import { readSampleOffices, seedCounty } from '../db/seed.ts'
import { layDemo } from '../demo/demo.ts'
import { dayOf } from '../domain/days.ts'
import type { PartsBoard } from './parts.ts'

type Preparing = BaseDeps & { keys: Keyring; letters: LetterDeps; demo: boolean; board: PartsBoard }

/** An empty database gets the sample offices and, for a demonstration, a county with a past; otherwise this year's campaign. */
export async function prepareCounty(deps: Preparing): Promise<void> {
  const { pool, board } = deps
  const now = await businessNow(pool)
  await inTransaction(pool, async (tx) => seedCounty(tx, await readSampleOffices(), now))
  for (const { office } of await counties(pool)) {
    if (await openCampaign(pool, office)) continue
    if (deps.demo) {
      board.set({ name: 'demo', mode: 'embedded', state: 'starting', detail: '正在生成演示数据' })
      await layDemo(deps, office, now)
      board.set({ name: 'demo', mode: 'embedded', state: 'ready', detail: '虚构的人和户' })
    } else await startThisYear(deps, office, now)
  }
}

async function startThisYear({ pool }: Preparing, county: string, now: number): Promise<void> {
  const template = await readCampaignTemplate('safety-net-2022')
  await inTransaction(pool, async (tx) => {
    await startCampaign(tx, { county, year: Number(dayOf(now).slice(0, 4)), template }, now)
    await poke(tx, 'courier', [county])
  })
}
