import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, foundWarning, type Item, type Page, type ProblemBody, type TestApp } from '../build.ts'

let api: TestApp
let broken: Item
let sound: Item
beforeAll(async () => {
  api = await buildTestApp()
  broken = await foundWarning(api)
  sound = await foundWarning(api)
  await api.pool.query(`update obligations set result = $2 where id = $1`, [
    broken.id,
    { outcome: '张不可见' },
  ])
  await api.pool.query(`update obligations set result = $2 where id = $1`, [sound.id, { outcome: 'dibao' }])
})
afterAll(() => api.close())

/** What the log says of obligations that cannot be read while `work` is done. */
async function logged(work: () => Promise<unknown>): Promise<unknown[]> {
  const before = api.log.length
  await work()
  const lines = api.log.slice(before).map((line) => JSON.parse(line) as Record<string, unknown>)
  return lines
    .filter(({ code }) => code === 'unreadable-obligation')
    .map(({ level, obligation, column }) => ({ level, obligation, column }))
}

test('a list shows a row that cannot be read without its outcome, and the log says which', async () => {
  const lines = await logged(async () => {
    const { status, body } = await api.get<Page<Item>>('/v1/obligations')
    expect(status).toBe(200)
    const outcomes = new Map(body.items.map(({ id, outcome }) => [id, outcome]))
    expect([outcomes.get(broken.id), outcomes.get(sound.id)]).toEqual([null, 'dibao'])
  })
  expect(lines).toEqual([{ level: 40, obligation: broken.id, column: 'result' }])
})

test('by itself it is refused as a fault of ours, and the log says which', async () => {
  const lines = await logged(async () => {
    const answer = await api.get<ProblemBody>(`/v1/obligations/${broken.id}`)
    expect([answer.status, answer.body.type]).toEqual([500, 'urn:duban:problem:internal'])
  })
  expect(lines).toEqual([{ level: 50, obligation: broken.id, column: 'result' }])
  expect(api.log.join('')).not.toContain('不可见')
})

test('an action on facts that cannot be read is refused so too', async () => {
  await api.pool.query(`update obligations set facts = '{"hits":3}' where id = $1`, [sound.id])
  const lines = await logged(async () => {
    const submit = { action: 'submit', result: { outcome: 'dibao' } }
    expect((await api.post(`/v1/obligations/${sound.id}/actions`, submit)).status).toBe(500)
  })
  expect(lines).toEqual([{ level: 50, obligation: sound.id, column: 'facts' }])
})
