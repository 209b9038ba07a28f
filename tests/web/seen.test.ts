import { QueryClient } from '@tanstack/vue-query'
import { afterEach, expect, it, vi } from 'vitest'
import { doneIn } from '../../web/src/pages/obligations/bulk-run.ts'

vi.stubGlobal('localStorage', { getItem: () => null })
const { api } = await import('../../web/src/api/client.ts')
const { askSeen, keepSeen, showSeen } = await import('../../web/src/session/seen.ts')
afterEach(() => vi.restoreAllMocks())

type Put = [path: string, options: { body: { items: { id: string }[] } }]
const many = Array.from({ length: 450 }, (_, i) => ({ id: `ob_${i}`, version: 1 }))

it('however many were looked at, each is kept', async () => {
  const put = vi.spyOn(api, 'PUT').mockResolvedValue({} as never)
  await keepSeen(many)
  const sent = (put.mock.calls as unknown as Put[]).map(([, { body }]) => body.items)
  expect(sent.map((items) => items.length)).toEqual([200, 200, 50])
  expect(sent.flat().map(({ id }) => id)).toEqual(many.map(({ id }) => id))
})

it('what was asked about and never looked at is told from what was not asked about', async () => {
  vi.spyOn(api, 'GET').mockResolvedValue({ data: { items: [{ id: 'ob_1', version: 3 }] } } as never)
  const seen = await askSeen(['ob_1', 'ob_2'])
  expect([seen.get('ob_1'), seen.get('ob_2'), seen.get('ob_3')]).toEqual([3, null, undefined])
})

it('what somebody did is seen at once as it is since, and never at an earlier version', () => {
  const client = new QueryClient()
  const key = ['seen', ['ob_1', 'ob_2', 'ob_3']]
  client.setQueryData(key, new Map<string, number | null>(Object.entries({ ob_1: 3, ob_2: 8, ob_3: null })))
  const done = doneIn([
    { id: 'ob_1', done: true, version: 4 },
    { id: 'ob_2', done: true, version: 7 },
    { id: 'ob_3', done: false, message: '已签收' },
    { id: 'ob_4', done: true, version: 2 },
  ])
  showSeen(client, done)
  expect(client.getQueryData(key)).toEqual(
    new Map([
      ['ob_1', 4],
      ['ob_2', 8],
      ['ob_3', null],
    ]),
  )
})
