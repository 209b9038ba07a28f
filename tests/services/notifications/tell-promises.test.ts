import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeInlineEngine } from '../../../src/demo/inline-engine.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { type Pool, rows } from '../../../src/db/pool.ts'
import { actorWith, CENTRE, heldRole, TOWN } from '../../support/actors.ts'
import { createCounty } from '../../support/county.ts'
import { personWith } from '../../support/scoped.ts'
import { givenWarning, when } from '../../support/warnings.ts'
import { makeWorkerDeps } from '../../support/worker-deps.ts'

let database: Awaited<ReturnType<typeof createCounty>>
let pool: Pool
beforeAll(async () => {
  database = await createCounty(instantAt('2022-06-06', '09:00'))
  pool = database.pool
})
afterAll(() => database.drop())

test('a promise that was not kept comes back once, with the morning after its day, to whoever noted it', async () => {
  const deps = makeWorkerDeps(pool, 'smtp://127.0.0.1:9')
  const engine = makeInlineEngine({ ...deps, letters: { ...deps.letters, archive: true } })
  const officer = await personWith(pool, 'town-officer', TOWN)
  const noter = await personWith(pool, 'relief-centre', CENTRE)
  const centre = { ...actorWith(heldRole('relief-centre', CENTRE)), id: noter }
  for (const id of ['KEPT', 'BROKEN', 'NONE']) {
    await givenWarning(pool, { id, level: 'yellow' })
    const call = {
      action: 'record-contact',
      means: 'visit',
      contacted: officer,
      contactedOn: '2022-06-06',
      said: '尽快办',
    } as const
    await when(pool, id, id === 'NONE' ? call : { ...call, promisedOn: '2022-06-08' }, centre)
  }
  await when(pool, 'KEPT', { action: 'submit', result: { outcome: 'ineligible' } })
  const told = () =>
    rows<{ person: string; detail: string; day: string }>(
      pool,
      `select person, detail, (round_at at time zone 'Asia/Shanghai')::date::text as day from notifications
        where kind = 'correction' and detail like '%答应%'`,
    )
  await engine.advanceTo(instantAt('2022-06-08', '18:00'))
  expect(await told()).toEqual([])
  await engine.advanceTo(instantAt('2022-06-13', '18:00'))
  expect(await told()).toEqual([
    {
      person: noter,
      detail: expect.stringMatching(/^BROKEN 毛坝镇的.+答应6月8日办完,还没有提交。$/) as string,
      day: '2022-06-09',
    },
  ])
})
