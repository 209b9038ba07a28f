import { afterAll, beforeAll, expect, it } from 'vitest'
import { rows } from '../../src/db/pool.ts'
import { makeInlineEngine } from '../../src/demo/inline-engine.ts'
import { instantAt } from '../../src/domain/time/days.ts'
import { setClock } from '../../src/services/schedule/clock.ts'
import { poke } from '../../src/services/watching/pokes.ts'
import { createCounty } from '../support/county.ts'
import { givenText } from '../support/files.ts'
import { makeWorkerDeps } from '../support/worker-deps.ts'

let database: Awaited<ReturnType<typeof createCounty>>
beforeAll(async () => {
  database = await createCounty(instantAt('2022-06-01', '09:00'))
})
afterAll(() => database.drop())

it('a file that is uploaded while a demonstration is made waits for the engine, and its poke is kept', async () => {
  const { pool } = database
  await setClock(pool, { mode: 'stepped', businessAt: instantAt('2022-06-01', '09:00') })
  await givenText(pool, 'im_1', 'x\n')
  await poke(pool, 'import', ['im_1'])
  await makeInlineEngine(makeWorkerDeps(pool, 'smtp://127.0.0.1:9')).advanceTo(
    instantAt('2022-06-02', '09:00'),
  )
  expect(await rows(pool, 'select kind, subject from pokes')).toEqual([{ kind: 'import', subject: 'im_1' }])
})
