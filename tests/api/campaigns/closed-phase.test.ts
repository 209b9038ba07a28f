import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTimelineActivities } from '../../../src/activities/timeline.ts'
import { inTransaction, rows } from '../../../src/db/pool.ts'
import { poke } from '../../../src/services/watching/pokes.ts'
import { givenWarning, when } from '../../support/warnings.ts'
import { TOWN } from '../../support/county.ts'
import { buildTestApp, type TestApp } from '../build.ts'

let api: TestApp
let id: string
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-09-20' })
  id = (await api.post<{ id: string }>('/v1/campaigns', { year: 2022 })).body.id
  await tick()
})
afterAll(() => api.close())

async function tick(): Promise<void> {
  await inTransaction(api.pool, (tx) => poke(tx, 'timeline', [id]))
  const { tickTimeline } = createTimelineActivities({ pool: api.pool, wallNow: () => Date.now() } as never)
  await tickTimeline(id, 1)
}

type Phase = { code: string; state: string; total: number; done: number; gate: { carriedOver: number } } & {
  kinds: { kind: string; count: number }[]
}
async function phase(code: string): Promise<Phase> {
  const { body } = await api.get<{ phases: Phase[] }>(`/v1/campaigns/${id}/timeline`)
  return body.phases.find((p) => p.code === code)!
}
const phaseOf = async (externalId: string) =>
  (
    await rows<{ phase: string }>(api.pool, 'select phase from obligations where external_id = $1', [
      externalId,
    ])
  )[0]?.phase

const RESULT = { outcome: 'ineligible', note: '入户核实,不符合' } as const

it('keeps the numbers it closed with, whatever is issued, reopened or cancelled later', async () => {
  for (const warning of ['A', 'B', 'C']) await givenWarning(api.pool, { id: warning, level: 'yellow' })
  await when(api.pool, 'A', { action: 'submit', result: RESULT })
  await when(api.pool, 'A', { action: 'accept' })
  await api.goTo('2022-10-01', '00:05')
  await api.post(`/v1/campaigns/${id}/actions`, {
    action: 'override',
    phase: 'verification',
    reason: '省市检查在即',
  })
  await tick()
  const closed = await phase('verification')
  // Three warnings and the centre's report of the quarter, of which one warning is done.
  expect(closed).toMatchObject({ state: 'closed', total: 4, done: 1, gate: { carriedOver: 3 } })
  expect(closed.kinds.map(({ kind, count }) => [kind, count])).toEqual([
    ['warning', 3],
    ['report', 1],
  ])

  await api.goTo('2022-10-10')
  const before = (await phase('zero-out')).total
  await givenWarning(api.pool, { id: 'D', level: 'red' })
  await when(api.pool, 'A', { action: 'reopen', reason: '情况有变' })
  await when(api.pool, 'B', { action: 'cancel', reason: '重复' })
  expect(await phase('verification')).toEqual(closed)
  expect([await phaseOf('C'), await phaseOf('D')]).toEqual(['verification', 'zero-out'])
  expect((await phase('zero-out')).total).toBe(before + 1)

  // A town reads its own three warnings of then, not the county's numbers: the centre's report is not its own.
  const town = await api.signedIn('town-officer', TOWN)
  const { body } = await api.get<{ phases: Phase[] }>(`/v1/campaigns/${id}/timeline`, town)
  const own = body.phases.find(({ code }) => code === 'verification')
  expect(own).toMatchObject({ state: 'closed', total: 3, done: 0, gate: { carriedOver: 3 } })
})

it('names no kinds where its rows no longer tell all that it closed with', async () => {
  const closed = await phase('verification')
  expect(closed.kinds).not.toEqual([])
  await api.pool.query(`update obligations set phase = 'zero-out' where external_id = 'C'`)
  expect(await phase('verification')).toEqual({ ...closed, kinds: [] })
  await api.pool.query(`update obligations set phase = 'verification' where external_id = 'C'`)
})

it('carries on what is its own, whatever its gate waits for, and the last phase past the end of the campaign', async () => {
  const rest = (await phase('zero-out')).total - (await phase('zero-out')).done
  await api.post(`/v1/campaigns/${id}/actions`, { action: 'close', reason: '提前结束' })
  const last = await phase('zero-out')
  expect(last).toMatchObject({ state: 'closed', gate: { carriedOver: rest } })
  expect(last.total - last.done).toBe(rest)
})
