import { KIND_LABELS } from '../../../src/kinds/kinds.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '../../../src/db/pool.ts'
import { makeInlineEngine } from '../../../src/demo/inline-engine.ts'
import { parsePolicy } from '../../../src/domain/escalation/parse-policy.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { addPolicy } from '../../../src/services/schedule/policies.ts'
import { poke } from '../../../src/services/watching/pokes.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  foundWarning,
  HOUSEHOLD,
  type Item,
  type Page,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'

/** The policy of a county that shares no code with the example; its codes look like other things on purpose. */
const OWN = `
name: 本县规则
example: false
rules:
  - code: red-3d
    label: 特急核查
    kinds: [warning]
    level: red
    stage: perform
    limit: { workingDays: 3 }
    reminders: [{ when: assigned, urgent: true }, { when: due-day, time: '15:00' }]
    ladder: [{ afterWorkingDays: 1, roles: [town-head] }]
    watch: individual
  - code: x1
    label: 本县阶段任务
    kinds: [comparison, screening]
    stage: perform
    limit: { fixedDay: true }
    reminders: [{ when: before, workingDays: 1 }]
    ladder: []
    watch: shared
  - code: warning-yellow
    label: 签字把关
    kinds: [warning]
    stage: review
    limit: { workingDays: 1 }
    reminders: [{ when: submitted }, { when: due-day }]
    ladder: []
    watch: shared
redo: { fixedDayWorkingDays: 2, reminders: [{ when: returned }] }
`
const CODES = /red-3d|\bx1\b|warning-yellow|\/redo|remind-|rung-|due-day|本县阶段任务/

let api: TestApp
let relief: Asking
let red: Item
let engine: ReturnType<typeof makeInlineEngine>
/** The texts of every mail to an address, oldest first. */
let mailsTo: (email: string) => Promise<string[]>

beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' })
  const at = instantAt('2022-06-06', '09:00')
  await addPolicy(api.pool, COUNTY, parsePolicy(OWN, KIND_LABELS), at)
  await inTransaction(api.pool, (tx) => poke(tx, 'courier', [COUNTY]))
  relief = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
  mailsTo = async (email) => {
    const found = await api.pool.query<{ text: string }>(
      'select text_body || html_body as text from mails where to_address = $1 order by composed_at, id',
      [email],
    )
    return found.rows.map((m) => m.text)
  }
  engine = makeInlineEngine({
    pool: api.pool,
    wallNow: () => Date.now(),
    letters: {
      dashboardUrl: 'http://127.0.0.1:1',
      from: { name: '督办', address: 'duban@duban.example' },
      replyTo: 'contact@bureau.ziyang.test',
      mailDomain: 'duban.example',
      trial: true,
      archive: true,
    },
  } as never)
  red = await foundWarning(api, { externalId: 'R1', level: 'red' })
  for (const [kind, title] of [
    ['comparison', '比对名单'],
    ['screening', '入户排查'],
  ])
    await api.post('/v1/obligations', { kind, title, office: TOWN, dueOn: '2022-06-14' })
  await engine.advanceTo(instantAt('2022-06-07', '09:00'))
})
afterAll(() => api.close())

const act = (action: Record<string, unknown>, asking: Asking) =>
  api.post(`/v1/obligations/${red.id}/actions`, action, asking)

test('the officer reads the label and the level of the rule, never its code', async () => {
  const [mail = ''] = await mailsTo('officer@maoba.ziyang.test')
  expect(mail).toMatch(
    /^【新任务】◔ 剩 3 个工作日 6月9日 周四到期 · 特急核查 R1 \S+ → 入户核查并提交核查结论$/m,
  )
  // The level is a coloured tag of the HTML part.
  expect(mail).toMatch(/>\s*红\s*</)
})

test('the reviewer is asked to pass it or send it back, and the performer of a redo hears that it was returned', async () => {
  const officer = await api.signedIn('town-officer', TOWN)
  const submitted = await act({ action: 'submit', result: { outcome: 'dibao' } }, officer)
  expect(submitted.status).toBe(200)
  await engine.advanceTo(instantAt('2022-06-08', '15:30'))
  const review = (await mailsTo('jiuzhu@bureau.ziyang.test')).at(-1) ?? ''
  expect(review).toMatch(/^【\S+】.* · 签字把关 毛坝镇 R1 \S+ → 复核:通过或退回$/m)
  expect(review).toMatch(/>\s*红\s*</)
  expect(review).not.toContain('提交')
  expect((await act({ action: 'return', reason: '缺照片' }, relief)).status).toBe(200)
  await engine.advanceTo(instantAt('2022-06-09', '09:00'))
  const redo = (await mailsTo('officer@maoba.ziyang.test')).at(-1) ?? ''
  expect(redo).toMatch(/^【已退回】.* · 特急核查\(重办\) R1 \S+ → 按退回意见补正,重新提交核查结论$/m)
})

test('two kinds under one rule that fall due on one day are two lines, each in words of its own', async () => {
  await engine.advanceTo(instantAt('2022-06-13', '09:00'))
  const mail = (await mailsTo('officer@maoba.ziyang.test')).at(-1) ?? ''
  expect(mail).toMatch(/^【提醒】.* 6月14日 周二到期 · 数据比对 「比对名单」 → /m)
  expect(mail).toMatch(/^【提醒】.* 6月14日 周二到期 · 全面排查 「入户排查」 → /m)
})

test('mails, the story and the reasons of mails show labels only; the interface keeps the code beside the label', async () => {
  const mails = await api.pool.query<{ id: string; all: string }>(
    `select id, concat_ws(' ', subject, text_body, html_body) as all from mails`,
  )
  expect(mails.rows.length).toBeGreaterThan(3)
  for (const mail of mails.rows) {
    expect(mail.all).not.toMatch(CODES)
    const { body } = await api.get<{ why: { what: string }[] }>(`/v1/mails/${mail.id}`)
    expect(body.why.length).toBeGreaterThan(0)
    for (const { what } of body.why) {
      expect(what).toMatch(/^\S+ (特急核查|签字把关|数据比对|全面排查|特急核查\(重办\)):\S/)
      expect(what).not.toMatch(CODES)
    }
  }
  const { text: story } = await api.get(`/v1/obligations/${red.id}/story`, relief)
  expect(story).toContain('新任务通知')
  // Keys and codes of the interface stand beside the label that a page shows.
  for (const [, label] of story.matchAll(/"label":"([^"]*)"/g)) expect(label).not.toMatch(CODES)
  const { body } = await api.get<{ items: Record<string, unknown>[] }>('/v1/deadlines?open=false')
  expect(body.items).toContainEqual(
    expect.objectContaining({
      ...{ rule: 'red-3d', ruleLabel: '特急核查' },
      ...{ kind: 'warning', level: 'red', stage: 'perform' },
    }),
  )
})

test('what the policy has no rule for is refused with what to do about it, and nothing happens', async () => {
  const register = (body: object) => api.post<ProblemBody>('/v1/obligations', { office: TOWN, ...body })
  const refused = async (asked: Promise<{ status: number; body: ProblemBody }>) => {
    const { status, body } = await asked
    return [status, body.type.split(':').at(-1), body.detail]
  }
  const noRule = (wanted: string) => [
    409,
    'no-rule',
    `规则中没有${wanted}的条目,请系统管理员补充规则后再办。`,
  ]
  const report = { kind: 'report', title: '月报', dueOn: '2022-06-30' }
  expect(await refused(register(report))).toEqual(noRule('“报表报送·承办”'))
  const yellow = { kind: 'warning', level: 'yellow', person: HOUSEHOLD }
  expect(await refused(register(yellow))).toEqual(noRule('“黄色预警核查·承办”'))

  const [compared] = (await api.get<Page<Item>>('/v1/obligations?kind=comparison')).body.items
  const submit = api.post<ProblemBody>(`/v1/obligations/${compared!.id}/actions`, {
    action: 'submit',
    result: { day: '2022-06-01', compared: 5, hits: 0, raised: 0, how: 'manual' },
  })
  expect(await refused(submit)).toEqual(noRule('“数据比对·复核”'))
  expect((await api.get<Item>(`/v1/obligations/${compared!.id}`)).body.state).toBe('open')

  const dated = OWN.replace('{ workingDays: 3 }', '{ fixedDay: true }')
  await addPolicy(api.pool, COUNTY, parsePolicy(dated, KIND_LABELS), instantAt('2022-06-13', '09:00'))
  expect(await refused(register({ ...yellow, level: 'red' }))).toEqual(noRule('“特急核查”工作日时限'))
  expect(api.log.join('')).not.toContain('a request failed')
})
