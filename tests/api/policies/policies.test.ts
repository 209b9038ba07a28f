import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { row } from '../../../src/db/pool.ts'
import { givenWarning } from '../../support/warnings.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  type Json,
  type Page,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'

const FILE = readFileSync(new URL('../../../templates/example-policy.yaml', import.meta.url), 'utf8')
const STRICTER = FILE.replace('limit: { workingDays: 5 }', 'limit: { workingDays: 3 }')
type Version = {
  id: string
  version: number
  current: boolean
  author: string | null
  reason: string | null
  open: number
}
type Published = Json & {
  id: string | null
  version: number
  differences: { rule: string; changes: string[] }[]
}

let api: TestApp
let leader: Asking
let officer: Asking
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-08-15' })
  leader = await api.signedIn('bureau-leader', COUNTY)
  officer = await api.signedIn('town-officer', TOWN)
  await givenWarning(api.pool, { id: 'YJ1', level: 'orange' })
})
afterAll(() => api.close())

const post = <T = Published>(url: string, payload: object, how: Asking = leader) =>
  api.ask<T>({ method: 'POST', url: `/v1/policies${url}`, payload }, how)
const versions = async () => (await api.get<Page<Version>>('/v1/policies', leader)).body.items
const dueOn = async () =>
  (await row<{ due: string }>(api.pool, 'select due_on::text as due from obligations'))?.due

describe('a new version of the policy', () => {
  test('is checked first: what differs, and what it would do to open work', async () => {
    const { status, body } = await post('?dryRun=true', { text: STRICTER, reason: '县政府会议纪要' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ dryRun: true, id: null, version: 2 })
    expect(body.differences).toEqual([{ rule: '橙色预警核查', changes: ['时限:5 个工作日 → 3 个工作日'] }])
    expect(body['effect']).toMatchObject({
      open: 1,
      earlier: 1,
      rows: [{ name: 'YJ1', from: '2022-08-22', to: '2022-08-18' }],
    })
    expect(await versions()).toHaveLength(1)
  })

  test('is refused with file, line and field', async () => {
    const line = FILE.split('\n').findIndex((text) => text.includes('workingDays: 3 }')) + 1
    const text = FILE.replace('limit: { workingDays: 3 }', 'limit: { workingDays: 0 }')
    const { status, body } = await post<ProblemBody>('', { text, file: '县规则.yaml', reason: '试一试' })
    expect(status).toBe(422)
    expect(body.detail).toContain(`县规则.yaml 第 ${line} 行,规则第 1 条·时限`)
  })

  test('binds what begins; open work is rebased by an act of its own', async () => {
    expect((await post('?dryRun=false', { text: STRICTER, reason: '县政府会议纪要' }, officer)).status).toBe(
      403,
    )
    const { body } = await post('?dryRun=false', { text: STRICTER, reason: '县政府会议纪要', version: 2 })
    // Somebody who tried theirs out before that is told so, and nothing is published.
    const slow = { text: FILE, reason: '另一份纪要', version: 2 }
    expect((await post('?dryRun=false', slow)).status).toBe(412)
    expect(body.id).toMatch(/^po_/)
    const [newest, first] = await versions()
    expect(newest).toMatchObject({ version: 2, current: true, reason: '县政府会议纪要', open: 0 })
    expect(newest?.author).toBeTruthy()
    expect(first).toMatchObject({ version: 1, current: false, author: null, open: 1 })
    expect(await dueOn()).toBe('2022-08-22')
    expect((await post(`/${body.id}/rebase`, {})).body).toMatchObject({ dryRun: true, earlier: 1 })
    expect((await post<ProblemBody>(`/${body.id}/rebase?dryRun=false`, { expectedCount: 9 })).status).toBe(
      409,
    )
    expect((await post(`/${body.id}/rebase?dryRun=false`, { expectedCount: 1 })).body).toMatchObject({
      dryRun: false,
      earlier: 1,
    })
    expect(await dueOn()).toBe('2022-08-18')
  })

  test('is exported, compared and gone back from', async () => {
    const [newest, first] = await versions()
    const file = await api.get<null>(`/v1/policies/${newest?.id}/export`, officer)
    expect(file.text).toContain('橙色预警核查')
    const compared = await api.get<Published>(
      `/v1/policies/${first?.id}/differences?with=${newest?.id}`,
      officer,
    )
    expect(compared.body.differences).toHaveLength(1)
    const back = await post(`/${first?.id}/restore?dryRun=false`, { reason: '改回来' })
    expect(back.body).toMatchObject({ version: 3, dryRun: false })
    const [restored] = await versions()
    const same = await api.get<Published>(
      `/v1/policies/${first?.id}/differences?with=${restored?.id}`,
      officer,
    )
    expect(same.body.differences).toEqual([])
  })

  test('is published once where two had tried theirs out upon the same one', async () => {
    const [newest] = await versions()
    const version = (newest?.version ?? 0) + 1
    const publish = (reason: string) => post('?dryRun=false', { text: STRICTER, reason, version })
    const answers = await Promise.all(['会议纪要甲', '会议纪要乙', '会议纪要丙'].map(publish))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412])
    expect((await versions())[0]).toMatchObject({ version })
  })

  test('that begins later is not rebased on before', async () => {
    const { body } = await post('?dryRun=false', {
      text: STRICTER,
      reason: '下月起',
      validFrom: '2022-09-01',
    })
    const early = await post<ProblemBody>(`/${body.id}/rebase?dryRun=false`, {})
    expect(early.status).toBe(409)
    expect(early.body.detail).toContain('2022-09-01')
  })
})
