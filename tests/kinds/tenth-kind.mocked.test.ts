import type { KindDefinition } from '../../src/kinds/kind.ts'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { makeInlineEngine } from '../../src/demo/inline-engine.ts'
import { inTransaction, row } from '../../src/db/pool.ts'
import { parsePolicy } from '../../src/domain/escalation/parse-policy.ts'
import { instantAt } from '../../src/domain/time/days.ts'
import type { LedgerRow } from '../../src/kinds/kind.ts'
import { KIND_LABELS, kindOf } from '../../src/kinds/kinds.ts'
import { kindTable } from '../../src/ledgers/kind-table.ts'
import { tableCsv } from '../../src/ledgers/table-csv.ts'
import { startCampaign } from '../../src/services/campaigns/store.ts'
import { parseCampaignTemplate } from '../../src/services/campaigns/template.ts'
import { addPolicy } from '../../src/services/schedule/policies.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  type Item,
  type Page,
  type ProblemBody,
  TOWN,
} from '../api/build.ts'
import { makeWorkerDeps } from '../support/worker-deps.ts'

// The one line of the registry.
vi.mock('../../src/kinds/registry.ts', async (original) => {
  const { REGISTRY } = await original<{ REGISTRY: Record<string, KindDefinition> }>()
  const { jointVisit } = await import('./fixtures/joint-visit.ts')
  return { REGISTRY: { ...REGISTRY, 'joint-visit': jointVisit } }
})

let api: Awaited<ReturnType<typeof buildTestApp>>
let engine: ReturnType<typeof makeInlineEngine>
let town: Asking
let centre: Asking
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-05-20' })
  const { letters, ...deps } = makeWorkerDeps(api.pool, 'smtp://127.0.0.1:1')
  engine = makeInlineEngine({ ...deps, letters: { ...letters, archive: true } })
  town = await api.signedIn('town-officer', TOWN)
  centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
  const now = instantAt('2022-05-20', '09:00')
  await inTransaction(api.pool, async (tx) => {
    await addPolicy(tx, COUNTY, parsePolicy(await policyText(), KIND_LABELS), now)
    await startCampaign(
      tx,
      { county: COUNTY, year: 2022, template: parseCampaignTemplate(await plan()) },
      now,
    )
  })
  await engine.advanceTo(instantAt('2022-06-14', '16:00'))
})
afterAll(() => api.close())

const templates = new URL('../../templates/', import.meta.url)

/** The example policy, where joint visits stand among the dated work. */
async function policyText(): Promise<string> {
  const text = await readFile(new URL('example-policy.yaml', templates), 'utf8')
  return text.replaceAll('[launch,', '[joint-visit, launch,')
}

/** The plan of the notice, with one item more in the second phase. */
async function plan(): Promise<string> {
  const text = await readFile(new URL('safety-net-2022.yaml', templates), 'utf8')
  const item =
    '{ code: joint, kind: joint-visit, period: Q2, title: 二季度联合走访, owner: { every: town }, clause: R9 }'
  return text.replace(/(code: screening\n[^]*?items:\n)/, `$1      - ${item}\n`)
}

async function visitOf(office: string): Promise<Item> {
  const found = await api.get<Page<Item>>(`/v1/obligations?kind=joint-visit&office=${office}`)
  expect(found.body.items).toHaveLength(1)
  return found.body.items[0]!
}

it('begins with its phase, from the template, with its facts and its label', async () => {
  const visit = await visitOf(TOWN)
  expect(visit).toMatchObject({
    kind: 'joint-visit',
    title: '二季度联合走访',
    dueOn: '2022-06-15',
    state: 'open',
  })
  expect(visit['labels']).toMatchObject({ kind: '联合走访' })
  const stored = await row(api.pool, 'select facts from obligations where id = $1', [visit.id])
  expect(stored).toEqual({ facts: { period: 'Q2' } })
})

it('is in the mail of its office, in its own words', async () => {
  const mail = await row<{ text: string }>(
    api.pool,
    `select text_body as text from mails where to_address like 'officer@maoba%' and text_body like '%走访%'
      order by composed_at limit 1`,
  )
  expect(mail?.text).toMatch(
    /^【新任务】○ 剩 \d+ 个工作日 6月15日 周三到期 · 联合走访 「二季度联合走访」 → 联合走访并提交走访记录$/m,
  )
})

it('is handed in, refused by its own checks or accepted', async () => {
  const { id } = await visitOf(TOWN)
  const act = (body: object, who: Asking) => api.post<ProblemBody>(`/v1/obligations/${id}/actions`, body, who)
  const wrong = await act({ action: 'submit', result: { visited: 2, absent: 3 } }, town)
  expect([wrong.status, wrong.body.type, wrong.body.errors]).toEqual([
    422,
    'urn:duban:problem:more-absent',
    [{ pointer: '/body/result/absent', message: '未遇户数不能多于走访户数。' }],
  ])
  const foreign = await act({ action: 'submit', result: { outcome: 'dibao' } }, town)
  expect([foreign.status, foreign.body.type]).toEqual([422, 'urn:duban:problem:bad-result'])
  const right = await act({ action: 'submit', result: { visited: 30, absent: 3, note: '均已走访' } }, town)
  expect(right.status).toBe(200)
  expect((await act({ action: 'accept' }, centre)).status).toBe(200)
  expect((await visitOf(TOWN)).state).toBe('accepted')
})

it('stands in its ledger with its own columns', async () => {
  const { id, title, dueOn } = await visitOf(TOWN)
  const stored = await row<Pick<LedgerRow, 'facts' | 'result'>>(
    api.pool,
    'select facts, result from obligations where id = $1',
    [id],
  )
  const line: LedgerRow = {
    ...{ externalId: null, title, state: 'accepted', officeName: '毛坝镇', level: null, cause: null },
    ...{ group: null, source: null, issuedOn: '2022-06-01', dueOn, redoDueOn: null, everLate: false },
    facts: stored!.facts,
    result: stored!.result,
  }
  expect(tableCsv(kindTable(kindOf('joint-visit'), [line])).slice(1)).toBe(
    '承办单位,期次,走访户数,到期日,重办到期日,办理状态,是否逾期\r\n毛坝镇,Q2,30,2022-06-15,,已办结,否\r\n',
  )
})

it('is one more kind of the documented contract', async () => {
  const text = JSON.stringify((await api.get('/openapi.json')).body)
  expect(text).toContain('joint-visit 联合走访')
  expect(text).toContain('"absent"')
})
