import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTimelineActivities } from '../../../src/activities/timeline.ts'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import type { Permission } from '../../../src/domain/people/permissions.ts'
import { poke } from '../../../src/services/watching/pokes.ts'
import { addTestKey } from '../../support/scoped.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  type Json,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'

/** A year of nothing but the zero-out, so that one problem is all that can stand in its way (R15). */
const PLAN = `code: zero-out-alone
title: 销号清零
source: 演练
phases:
  - code: zero-out
    title: 问题整改、销号清零
    opens: "10-01"
    due: "12-15"
    clause: 二(四)
    gate: { waitsFor: campaign }
    items: []
`

let api: TestApp
let centre: Asking
let officer: Asking
let leader: Asking
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-10-10' })
  centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
  officer = await api.signedIn('town-officer', TOWN)
  leader = await api.signedIn('bureau-leader', COUNTY)
})
afterAll(() => api.close())

/** The campaign of a year, in October, with one open problem of a town. */
async function withOneProblem(year: number): Promise<{ campaign: string; problem: string }> {
  await api.goTo(`${year}-10-10`)
  const made = await api.post<{ id: string }>('/v1/campaigns', { year, templateText: PLAN }, leader)
  expect(made.status, made.text).toBe(201)
  await tick(made.body.id)
  const asked = {
    ...{ offices: [TOWN], origin: 'audit', type: 'missed-cover', title: '漏保一户' },
    ...{ wrong: '核查发现一户被漏保三个月', dueOn: `${year}-11-30` },
  }
  const { body, text } = await api.post<{ items: { id: string }[] }>('/v1/problems', asked, centre)
  expect(body.items, text).toHaveLength(1)
  return { campaign: made.body.id, problem: body.items[0]!.id }
}
async function tick(campaign: string): Promise<void> {
  await inTransaction(api.pool, (tx) => poke(tx, 'timeline', [campaign]))
  const { tickTimeline } = createTimelineActivities({ pool: api.pool, wallNow: () => Date.now() } as never)
  await tickTimeline(campaign, 1)
}
const close = (campaign: string, how: Json = {}, who = leader) =>
  api.post<ProblemBody & Json>(`/v1/campaigns/${campaign}/actions`, { action: 'close', ...how }, who)
const act = (id: string, body: Json, who: Asking) => api.post(`/v1/obligations/${id}/actions`, body, who)
const stateOf = async (campaign: string) =>
  (await row<{ state: string }>(api.pool, 'select state from campaigns where id = $1', [campaign]))?.state

test('one open problem keeps the campaign from closing, in hand and under review, and is named alone; struck off it does not', async () => {
  const { campaign, problem } = await withOneProblem(2022)
  const refused = await close(campaign)
  expect([refused.status, refused.body.type]).toEqual([409, 'urn:duban:problem:gate-shut'])
  expect(refused.body.detail).toMatch(/^还有 1 件没有办结,行动不能结束。/)
  expect(refused.body.errors).toEqual([
    {
      pointer: '/body/action',
      message: '毛坝镇“漏保一户”,2022-11-30 到期,在毛坝镇手里,还没有告知任何人',
    },
  ])
  const result = { note: '已按规定重新纳入', noEvidence: 'on-paper' }
  expect((await act(problem, { action: 'submit', result }, officer)).status).toBe(200)
  const reviewed = await close(campaign)
  expect(reviewed.body.errors?.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^毛坝镇“漏保一户”,2022-11-30 到期,在县局救助中心手里/u),
  ])
  await tick(campaign)
  expect(await stateOf(campaign)).toBe('open')
  expect((await act(problem, { action: 'accept' }, centre)).status).toBe(200)
  expect((await close(campaign)).status).toBe(200)
  expect(await stateOf(campaign)).toBe('closed')
})

test('over it a leader closes with a reason that stands for good; the relief centre is told who may, a town is refused; the problem is owed as before', async () => {
  const { campaign, problem } = await withOneProblem(2023)
  expect((await close(campaign, { reason: '另有安排' }, officer)).status).toBeGreaterThanOrEqual(403)
  const override = { action: 'override', phase: 'zero-out', reason: '另有安排' }
  for (const how of [{ reason: '另有安排' }, override]) {
    const { status, body } = await close(campaign, how, centre)
    expect([status, body.type]).toEqual([403, 'urn:duban:problem:forbidden'])
    expect(body.detail).toMatch(/只有分管局领导可以决定。/)
  }
  expect((await close(campaign, { reason: ' ' })).status).toBe(422)
  expect(await stateOf(campaign)).toBe('open')
  expect((await close(campaign, { reason: '转入日常办理' })).status).toBe(200)
  const { body } = await api.get<{ phases: Json[] }>(`/v1/campaigns/${campaign}/timeline`, centre)
  expect(body.phases).toMatchObject([
    { state: 'closed', override: { reason: '转入日常办理', blockers: 1, by: expect.any(String) as string } },
  ])
  expect((await api.get(`/v1/obligations/${problem}`, officer)).body).toMatchObject({
    ...{ state: 'open', dueOn: '2023-11-30' },
  })
  const address = `POST /v1/campaigns/:id/actions`
  const trail = await rows<{ outcome: string; detail: Json }>(
    api.pool,
    `select outcome, detail from audit_events where action = $1 and subject = $2 order by id`,
    [address, campaign],
  )
  expect(trail).toEqual([
    ...Array(3).fill({ outcome: 'refused', detail: { code: 'forbidden' } }),
    { outcome: 'done', detail: { action: 'close' } },
  ])
})

test('without a reason the relief centre closes where nothing is left, and is told who may where something is', async () => {
  const { campaign, problem } = await withOneProblem(2024)
  const refused = await close(campaign, {}, centre)
  expect([refused.status, refused.body.type]).toEqual([409, 'urn:duban:problem:gate-shut'])
  expect(refused.body.detail).toMatch(/由分管局领导写明理由\(reason\)放行。$/)
  const cancelled = await act(problem, { action: 'cancel', reason: '重复登记' }, centre)
  expect(cancelled.status, cancelled.text).toBe(200)
  const closed = await close(campaign, {}, centre)
  expect([closed.status, closed.body['phases']]).toMatchObject([200, [{ state: 'closed', override: null }]])
})

test('a key overrides nothing unless it was granted that, and closes nothing whose work it does not see', async () => {
  const { campaign } = await withOneProblem(2025)
  const blind: Permission[] = ['campaigns:read', 'campaigns:manage']
  await addTestKey(api.pool, 'k-blind', { permissions: blind })
  await addTestKey(api.pool, 'k-sees', { permissions: [...blind, 'obligations:read'] })
  const status = async (token: string, how: Json = {}) => (await close(campaign, how, { token })).status
  for (const token of ['k-blind', 'k-sees']) expect(await status(token, { reason: '另有安排' })).toBe(403)
  expect([await status('k-blind'), await status('k-sees')]).toEqual([403, 409])
  expect(await stateOf(campaign)).toBe('open')
})
