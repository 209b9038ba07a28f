import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, HOUSEHOLD, type Item, type TestApp, TOWN } from '../build.ts'

let api: TestApp
beforeAll(async () => {
  api = await buildTestApp()
})
afterAll(() => api.close())

test('a spot check may name its household, which is shown masked; a report may not', async () => {
  const dated = { office: TOWN, title: '抽查', dueOn: '2022-06-30' }
  const check = { ...dated, kind: 'spot-check' }
  const whose = async (body: object) => {
    const { status, body: made } = await api.post<Item>('/v1/obligations', body)
    return [status, made['subject']]
  }
  expect(await whose({ ...check, person: HOUSEHOLD })).toEqual([
    201,
    expect.objectContaining({ name: '张**某' }),
  ])
  expect(await whose(check)).toEqual([201, null])
  expect((await api.post('/v1/obligations', { ...dated, kind: 'report', person: HOUSEHOLD })).status).toBe(
    422,
  )
})
