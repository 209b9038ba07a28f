import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { momentName } from '../../../src/domain/escalation/moment-form.ts'
import { makeKeyring, encryptPerson } from '../../../src/services/vault/encryption.ts'
import { addTestKey, personWith } from '../../support/scoped.ts'
import { type Asking, buildTestApp, COUNTY, foundWarning, type TestApp, TOWN } from '../build.ts'

/** The keys that buildTestApp encrypts under. */
const KEYS = makeKeyring(Buffer.alloc(32, 7))

// Issued on Monday 6 June 2022, three working days for red: due on the 9th.
let api: TestApp
let asOfficer: Asking
let asRelief: Asking
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' })
  asOfficer = await api.signedIn('town-officer', TOWN)
  asRelief = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
})
afterAll(() => api.close())

const page = async (id: string) => (await api.get(`/obligations/${id}`, asRelief)).text.replace(/\s+/g, ' ')
const submit = (id: string) =>
  api.post(
    `/v1/obligations/${id}/actions`,
    { action: 'submit', result: { outcome: 'ineligible' } },
    asOfficer,
  )

test('an obligation shows what its import did not understand, over HTTP too', async () => {
  const { id } = await foundWarning(api, { externalId: 'YJ-90', level: 'red' })
  expect(await page(id)).not.toContain('导入备注')
  const remarks = [{ column: '数据来源部门', message: '“气象台”不在名录中,没有登记这一项。' }]
  await api.pool.query('update obligations set facts = $2 where id = $1', [id, { remarks }])
  expect(await page(id)).toContain('导入备注</dt> <dd>数据来源部门:“气象台”不在名录中,没有登记这一项。</dd>')
  expect((await api.get(`/v1/obligations/${id}`, asRelief)).body).toMatchObject({ remarks })
})

test('an open obligation says whose limit its due day is', async () => {
  const { id } = await foundWarning(api, { externalId: 'YJ-1', level: 'red' })
  const text = await page(id)
  expect(text).toContain('红色承办限 3 个工作日:从 2022-06-06 的次日起算')
  expect(text).not.toContain('承办截止')
})

test.each([
  ['in time', 'YJ-2', '2022-06-08', '按时提交', '2022-06-15'],
  ['late', 'YJ-3', '2022-06-10', '迟交', '2022-06-17'],
])(
  'an obligation submitted %s shows both clocks during its review',
  async (_how, externalId, day, said, reviewDue) => {
    await api.goTo('2022-06-06')
    const { id } = await foundWarning(api, { externalId, level: 'red' })
    await api.goTo(day, '10:00')
    expect((await submit(id)).status).toBe(200)
    const text = await page(id)
    expect(text).toContain(`承办截止</dt> <dd> 2022-06-09 24:00 北京时间,${day} 10:00`)
    expect(text).toContain(said)
    expect(text).toContain(`复核截止</dt> <dd>${reviewDue} 24:00`)
    expect(text).toContain('复核限 5 个工作日')
  },
)

test('a page that only shows says where to act while there is something to do', async () => {
  await api.goTo('2022-06-06')
  const { id } = await foundWarning(api, { externalId: 'YJ-4', level: 'red' })
  expect(await page(id)).toContain(`href="/app/obligations/${id}"`)
  const cancel = { action: 'cancel', reason: '平台撤回' }
  expect((await api.post(`/v1/obligations/${id}/actions`, cancel, asRelief)).status).toBe(200)
  expect(await page(id)).not.toContain(`href="/app/obligations/${id}"`)
})

test('working days late are called working days', async () => {
  await api.goTo('2022-06-06')
  const { id } = await foundWarning(api, { externalId: 'YJ-5', level: 'red' })
  await api.goTo('2022-06-15')
  expect(await page(id)).toContain('▲ 逾期 4 个工作日')
})

test('page and list show the same clock status, of a late review and on a day off', async () => {
  await api.goTo('2022-06-06')
  const review = await foundWarning(api, { externalId: 'YJ-7', level: 'red' })
  expect((await submit(review.id)).status).toBe(200)
  const report = { kind: 'report', office: TOWN, title: '月报', dueOn: '2022-06-18' }
  const fixed = await api.post<{ id: string }>('/v1/obligations', report)
  await api.goTo('2022-06-17')
  const list = (await api.get('/obligations?standing=unfinished', asRelief)).text.replace(/\s+/g, ' ')
  for (const [id, words] of [
    [review.id, '<span class="soon">◔ 复核已过期限</span>'],
    [fixed.body.id, '<span class="soon">◔ 须今日办完</span>'],
  ] as const) {
    const [row] = list.split('<tr>').filter((one) => one.includes(`/obligations/${id}"`))
    expect(row).toContain(words)
    expect(await page(id)).toContain(words)
  }
})

test("an obligation in review is listed by its review's due day; other lists say which day they use", async () => {
  await api.goTo('2022-06-06')
  const first = await foundWarning(api, { externalId: 'RV-1', level: 'orange' })
  const second = await foundWarning(api, { externalId: 'RV-2', level: 'red' })
  expect((await submit(first.id)).status).toBe(200)
  await api.goTo('2022-06-08')
  expect((await submit(second.id)).status).toBe(200)
  const list = async (standing: string) => {
    const { text } = await api.get(`/obligations?q=RV-&standing=${standing}`, asRelief)
    return [
      [...text.matchAll(/>(RV-\d)</g)].map(([, id]) => id),
      /aria-sort[^>]*>\s*<a[^>]*>([^<]+)</.exec(text)?.[1]?.trim(),
    ]
  }
  expect(await list('in-review')).toEqual([['RV-1', 'RV-2'], '截止(含当日) ↑'])
  const byMatter = [['RV-2', 'RV-1'], '事项截止(含当日) ↑']
  expect(await list('unfinished')).toEqual(byMatter)
  expect(await list('all')).toEqual(byMatter)
})

describe('what was submitted and returned', () => {
  const note = '入户看过 <b>两次</b>\n收入核实'
  let id: string
  beforeAll(async () => {
    await api.goTo('2022-06-06')
    id = (await foundWarning(api, { externalId: 'YJ-8', level: 'red' })).id
    const act = async (body: object, who: Asking) =>
      expect((await api.post(`/v1/obligations/${id}/actions`, body, who)).status).toBe(200)
    await act({ action: 'submit', result: { outcome: 'ineligible', note, counts: { 走访: 2 } } }, asOfficer)
    await act({ action: 'return', reason: '请补收入证明' }, asRelief)
    await act({ action: 'submit', result: { outcome: 'dibao' } }, asOfficer)
    await act({ action: 'accept' }, asRelief)
  })
  const seenBy = async (who: Asking) => (await api.get(`/obligations/${id}`, who)).text

  test('stands with the step: outcome, count and words, escaped and whole', async () => {
    const text = await seenBy(asRelief)
    const said = [...text.matchAll(/<div class="said">([^]*?)<\/div>/g)].map(([, words]) => words)
    expect(said).toEqual([
      '结论:不符合条件',
      '走访 2',
      '入户看过 &lt;b&gt;两次&lt;/b&gt;\n收入核实',
      '请补收入证明',
      '结论:纳入低保',
    ])
    expect(text).toMatch(/<dt>户<\/dt>\s*<dd>张\*\*某<\/dd>/)
    expect(text).not.toContain('张测试某')
  })

  test('hides words and household from readers who may not see them, as the API does', async () => {
    const asAuditor = await api.signedIn('auditor', COUNTY)
    const text = await seenBy(asAuditor)
    expect(text).toContain('结论:不符合条件')
    for (const hidden of ['入户看过', '请补收入证明']) expect(text).not.toContain(hidden)
    const bare = { token: 'a-key-without-households', headers: {} }
    await addTestKey(api.pool, bare.token, { personal: false })
    const bareText = await seenBy(bare)
    expect(bareText).toContain('结论:不符合条件')
    expect(bareText).not.toContain('<dt>户</dt>')
    expect(await seenBy({})).toContain('<dt>户</dt>')
  })

  test('says of an erased household that it was erased', async () => {
    const gone = await foundWarning(api, { externalId: 'YJ-9' })
    const empty = { name: '', idNo: '', phone: '', village: '', detail: '' }
    const encrypted = encryptPerson(KEYS, gone.id, empty)
    await api.pool.query('update subjects set encrypted = $2, key_id = $3 where obligation = $1', [
      gone.id,
      encrypted,
      KEYS.keyId,
    ])
    expect(await page(gone.id)).toContain('<dt>户</dt> <dd>已抹去')
  })

  test('says once that the work is done, names no holder, and links to the list', async () => {
    const text = (await seenBy(asRelief)).replace(/\s+/g, ' ')
    expect(text).toContain('<dt>状态</dt> <dd><span class="done">✓ 已办结</span></dd>')
    expect(text).toContain('<dt>由谁办</dt> <dd>–</dd>')
    expect(text).toContain('· <a href="/obligations">督办事项</a>')
  })
})

describe('a long history', () => {
  let id: string
  let folded: string[]
  beforeAll(async () => {
    await api.goTo('2022-06-06')
    id = (await foundWarning(api, { externalId: 'YJ-6', level: 'red' })).id
    await api.goTo('2022-06-30')
    const rungs = [1, 2, 3].map((n) => ({ series: 'rung' as const, n }))
    const repeats = [1, 2, 3, 4, 5].map((n) => ({ series: 'repeat' as const, n }))
    const before = { series: 'before' as const, workingDays: 1 }
    const fired = [
      { series: 'assigned' as const },
      before,
      { series: 'due-day' as const },
      ...rungs,
      ...repeats,
    ]
    await api.pool.query(
      `insert into firings (deadline, moment, moment_form, at, fired_at, joins, open_count, notified_count)
       select a.deadline, m, form, a.started_at + n * interval '1 day', a.started_at + n * interval '1 day', 0, 1, 1
         from assignments a, unnest($2::text[], $3::jsonb[]) with ordinality fired (m, form, n) where a.obligation = $1`,
      [id, fired.map(momentName), fired.map((form) => JSON.stringify(form))],
    )
    await mailed(id, 'repeat-2', 'accepted')
    await mailed(id, 'repeat-4', 'failed')
    folded = [...(await page(id)).matchAll(/<details>.*?<\/details>/g)].map(([text]) => text)
  })

  test('folds repeated lines, and says how often and from when to when', async () => {
    expect(folded).toHaveLength(2)
    expect(folded[0]).toMatch(/<summary> 重复督办 5 次/)
    expect(await page(id)).toContain('2022-06-13 09:00<br />至 2022-06-17 09:00')
  })

  test('keeps every line inside the fold, and shows a failed mail outside', () => {
    for (const n of [1, 2, 3, 4, 5]) expect(folded[0]).toContain(`第 ${n} 次重复督办 ✉`)
    expect(folded[0]).toMatch(/第 2 次重复督办 ✉ \S+ ✓/)
    expect(folded[0]).toMatch(/第 4 次重复督办 ✉ \S+ ✗/)
    expect(folded[0]?.split('</summary>')[0]).toContain('1 次有人未送达')
  })

  test("says what has not been sent yet, and shows a mail's fate only to readers who may see it", async () => {
    const centre = await personWith(api.pool, 'relief-centre', `${COUNTY}.jiuzhu`)
    await api.pool.query(
      `insert into notifications (id, county, cause, person, kind, deadline, moment, moment_form, urgent, round_at, state, created_at)
       select 'nt_waits', $1, 'any cause', $2, 'escalation', deadline, 'rung-3', '{"series":"rung","n":3}', false,
              '2022-07-01 08:30+08', 'queued', now()
         from assignments where obligation = $3`,
      [COUNTY, centre, id],
    )
    expect(await page(id)).toMatch(/第 3 级督办 ✉ [^<]+\(待发,07-01 08:30 批次\)/)
    const officer = await api.signedIn('town-officer', TOWN)
    expect((await api.get(`/obligations/${id}`, officer)).text).toMatch(
      /第 2 次重复督办 ✉ [^<]+\(邮件不在您的范围内\)/,
    )
  })

  test('folds what is to come like what was', () => {
    expect(folded[1]).toMatch(/<summary> 将:重复督办 \d 次/)
    expect(folded[1]).toContain('将:第 12 次重复督办')
  })

  test('shows single steps one by one: two reminders, and each rung', async () => {
    const text = (await page(id)).replace(folded[0] ?? '', '')
    for (const said of [
      '新任务通知',
      '提前 1 个工作日提醒',
      '到期日提醒',
      '第 1 级督办',
      '第 2 级督办',
      '第 3 级督办',
    ])
      expect(text).toContain(said)
  })

  test('is on the first page with its latest mails, counted over seven days, in a table that can move sideways', async () => {
    const first = async () => (await api.get('/', asRelief)).text.replace(/\s+/g, ' ')
    const counts = (text: string) => /最近的邮件 <span class="quiet">(.*?)<\/h2>/.exec(text)?.[1]
    expect(counts(await first())).not.toContain('近 7 天')
    await api.goTo('2022-06-17')
    expect(counts(await first())).toMatch(/^近 7 天:.*1 封/)
    expect(await first()).toMatch(/<p class="sideways quiet">表格可以左右滑动。<\/p> <div class="scroll">/)
  })
})

/** The relief centre was told of a moment, and so the mail ended. */
async function mailed(obligation: string, moment: string, state: string): Promise<void> {
  const told = await personWith(api.pool, 'relief-centre', `${COUNTY}.jiuzhu`)
  await api.pool.query(
    `with round as (insert into rounds (id, county, at, urgent, composed_at) values ('rd_' || $1, $2, now(), true, now()) returning id),
     mail as (insert into mails (id, message_id, county, round, person, to_address, subject, text_body, html_body, headers, thread_id, state, composed_at, next_attempt_wall)
              select 'ml_' || $1, $1, $2, round.id, $3, 'a@b.test', '', '', '', '{}', '', $4, f.fired_at, now()
                from round, firings f join assignments a on a.deadline = f.deadline where f.moment = $1 and a.obligation = $5 returning id)
     insert into notifications (id, county, cause, person, kind, deadline, moment, moment_form, urgent, round_at, state, mail, created_at)
     select 'nt_' || $1, $2, 'cause of ' || $1, $3, 'escalation', a.deadline, f.moment, f.moment_form, false, f.fired_at, 'mailed', mail.id, now()
       from assignments a join firings f on f.deadline = a.deadline and f.moment = $1, mail where a.obligation = $5`,
    [moment, COUNTY, told, state, obligation],
  )
}
