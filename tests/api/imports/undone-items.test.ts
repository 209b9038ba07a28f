import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyStaged } from '../../../src/services/imports/apply.ts'
import { undoRegistered } from '../../../src/services/imports/undo.ts'
import { validateUpload } from '../../../src/services/imports/validate.ts'
import { platformFile, platformRow } from '../../support/platform-file.ts'
import { addTestKey } from '../../support/scoped.ts'
import { keys, log } from '../../support/worker-deps.ts'
import { buildTestApp, COUNTY, foundWarning, type Item, type Page, type TestApp } from '../build.ts'

const OWN = { token: 'own' }
let api: TestApp
beforeAll(async () => {
  api = await buildTestApp()
  await addTestKey(api.pool, 'own', { office: COUNTY })
})
afterAll(() => api.close())

const numbers = async (query: string) => {
  const { body } = await api.get<Page<Item>>(`/v1/obligations?sort=externalId&${query}`, OWN)
  const { count } = (await api.get<{ count: number }>(`/v1/obligations/count?${query}`, OWN)).body
  expect(count).toBe(body.items.length)
  return body.items.map(({ externalId }) => externalId)
}

test('what an undone import leaves is not among all, and is found by its file, its state or its whole number', async () => {
  await foundWarning(api, { externalId: 'STAYS' })
  const content = platformFile([1, 2].map((n) => ({ ...platformRow(n), externalId: `GONE${n}` })))
  const parts = [{ field: 'file', filename: 'a.csv', content }]
  const { id } = (await api.upload<{ id: string }>('/v1/imports', parts, OWN)).body
  const deps = { pool: api.worker, keys, log, wallNow: () => Date.now() }
  await validateUpload(deps, id, () => undefined)
  await applyStaged(deps, id, () => undefined)
  expect(await numbers('standing=all')).toEqual(['GONE1', 'GONE2', 'STAYS'])
  await api.post(`/v1/imports/${id}/actions`, { action: 'undo' }, OWN)
  await undoRegistered(deps, id, () => undefined)
  expect(await numbers('standing=all')).toEqual(['STAYS'])
  const both = ['GONE1', 'GONE2']
  for (const asked of [`import=${id}`, 'state=cancelled', 'cancelled=true'])
    expect(await numbers(`standing=all&${asked}`), asked).toEqual(both)
  expect(await numbers('standing=cancelled')).toEqual(both)
  expect(await numbers('standing=cancelled&q=GONE2')).toEqual(['GONE2'])
  expect(await numbers('standing=all&externalId=GONE1')).toEqual(['GONE1'])
  // A word means what all means; a whole number means its item, whatever has become of it.
  for (const word of ['GONE', '因病', 'GONE1%20因病'])
    expect(await numbers(`standing=all&q=${word}`), word).not.toContain('GONE1')
  for (const number of ['GONE1', '%20gone1%20'])
    expect(await numbers(`standing=all&q=${number}`), number).toEqual(['GONE1'])
})
