import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parsePolicy } from '../../../src/domain/escalation/parse-policy.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { KIND_LABELS } from '../../../src/kinds/kinds.ts'
import { addPolicy } from '../../../src/services/schedule/policies.ts'
import { buildTestApp, COUNTY, foundWarning, type TestApp } from '../build.ts'

/** The example, in which red warnings of one key group have two working days. */
const FILE = readFileSync(new URL('../../../templates/example-policy.yaml', import.meta.url), 'utf8').replace(
  /^redo:/m,
  `  - code: urgent
    label: 特急核查
    kinds: [warning]
    level: red
    groups: [unstable-exit]
    stage: perform
    limit: { workingDays: 2 }
    reminders: [{ when: assigned, urgent: true }]
    ladder: []
    watch: shared
redo:`,
)
let api: TestApp
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' })
  await addPolicy(api.pool, COUNTY, parsePolicy(FILE, KIND_LABELS), instantAt('2022-06-06', '09:00'))
})
afterAll(() => api.close())

test('the receipt names the rule with its category, and counts by it (R1)', async () => {
  const receiptOf = async (more: object) => {
    const { id } = await foundWarning(api, { level: 'red', ...more })
    return (await api.get<Record<string, unknown>>(`/v1/obligations/${id}/receipt`)).body
  }
  expect(await receiptOf({ externalId: 'R1' })).toMatchObject({
    ...{ rule: '红色预警核查', workingDays: 3, dueOn: '2022-06-09' },
  })
  expect(await receiptOf({ externalId: 'R2', group: 'unstable-exit' })).toMatchObject({
    ...{ rule: '特急核查(脱贫不稳定人口)', workingDays: 2, dueOn: '2022-06-08' },
  })
})

test('a version shows for whom its rules are', async () => {
  const { body } = await api.get<{
    items: { current: boolean; rules: { code: string; groups?: string[] }[] }[]
  }>('/v1/policies')
  const rules = body.items.find(({ current }) => current)?.rules
  expect(rules?.find(({ code }) => code === 'urgent')?.groups).toEqual(['unstable-exit'])
})
