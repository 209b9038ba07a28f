import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  foundWarning,
  type Item,
  type Page,
  type TestApp,
  TOWN,
} from '../build.ts'

const NEXT_TOWN = `${COUNTY}.chengguan`
let api: TestApp
const who: Record<string, Asking> = {}

// On Tuesday 14 June: red ones of 6 June are late since the 10th, YJ-2 is with the centre, YJ-3 passed late, YJ-6 due today.
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' })
  who.officer = await api.signedIn('town-officer', TOWN)
  who.newcomer = await api.signedIn('town-officer', `${COUNTY}.haoping`)
  who.head = await api.signedIn('town-head', TOWN)
  who.relief = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
  who.auditor = await api.signedIn('auditor', COUNTY)
  who.administrator = await api.signedIn('administrator', COUNTY)
  const warn = (externalId: string, level: string, office = TOWN) =>
    foundWarning(api, { externalId, level, office })
  await warn('YJ-1', 'red')
  const second = await warn('YJ-2', 'orange')
  const third = await warn('YJ-3', 'red')
  await warn('YJ-4', 'yellow')
  await warn('YJ-5', 'red', NEXT_TOWN)
  await warn('YJ-6', 'orange', NEXT_TOWN)
  const report = { kind: 'report', office: TOWN, title: '<b>月报</b>', dueOn: '2022-06-30' }
  await api.post('/v1/obligations', report)
  await api.goTo('2022-06-13')
  await act(second, { action: 'submit', result: { outcome: 'ineligible' } }, who.officer)
  await act(third, { action: 'submit', result: { outcome: 'ineligible' } }, who.officer)
  await act(third, { action: 'accept' }, who.relief)
})
afterAll(() => api.close())

async function act({ id }: Item, action: object, asking: Asking | undefined): Promise<void> {
  const { status, text } = await api.post(`/v1/obligations/${id}/actions`, action, asking)
  if (status !== 200) throw new Error(text)
}

const page = async (query: string, role: string) => (await api.get(`/obligations${query}`, who[role])).text
const rowsOf = (text: string) => [...text.matchAll(/href="\/obligations\/(\w+)"/g)].map(([, id]) => id)
const listed = async (query: string, role: string) => rowsOf(await page(query, role))

describe('the list of obligations', () => {
  it.each(['officer', 'head', 'relief', 'auditor'])(
    'shows %s what the API answers, for any question',
    async (role) => {
      for (const query of [
        'standing=unfinished',
        'standing=overdue&level=red',
        'standing=held',
        'standing=done-late',
        'kind=report&standing=unfinished',
        'level=none&standing=unfinished',
        `office=${NEXT_TOWN}&standing=unfinished`,
        `office=${COUNTY}&officeOnly=true&standing=unfinished`,
        'q=YJ-4&standing=unfinished',
        'phase=verification&standing=unfinished',
        'standing=all',
        'standing=due-this-week',
        'overdue=true&standing=all',
        'cause=illness&standing=all&state=open',
        'dueFrom=2022-06-10&dueTo=2022-06-20&standing=all',
        'sort=-issuedAt&standing=all',
      ]) {
        const { body } = await api.get<Page<Item>>(`/v1/obligations?${query}`, who[role])
        const ids = body.items.map(({ id }) => id).sort()
        expect([query, (await listed(`?${query}`, role)).sort()]).toEqual([query, ids])
      }
    },
  )

  it.each([
    ['officer', ['YJ-1', 'YJ-4', '月报']],
    ['relief', ['YJ-1', 'YJ-2', 'YJ-5']],
    ['auditor', ['YJ-1', 'YJ-5']],
  ])('shows %s first their own work and what is late, most urgent first', async (role, expected) => {
    const text = await page('', role)
    const found = [...text.matchAll(/>(?:&lt;b&gt;)?(YJ-\d|月报)(?:&lt;\/b&gt;)?</g)].map(([, said]) => said)
    expect(found.sort()).toEqual(expected)
    const days = [...text.matchAll(/(\d{4}-\d\d-\d\d) 周/g)].map(([, day]) => day)
    expect(days).toEqual([...days].sort())
    expect(days[0]).toBe('2022-06-09')
  })

  it('is in the order of the day it shows, and an arrow says which way', async () => {
    const days = (text: string) => [...text.matchAll(/(\d{4}-\d\d-\d\d) 周/g)].map(([, day]) => day)
    const sorted = async (query: string) => {
      const text = (await page(query, 'relief')).replace(/<br \/>[^<]*/g, '').replace(/\s+/g, ' ')
      return { head: /aria-sort="(\w+)"> ?(?:<a[^>]*>)?([^<]+)</.exec(text)?.slice(1), days: days(text) }
    }
    for (const [query, head] of [
      ['?standing=all', ['ascending', '事项截止(含当日) ↑']],
      ['?standing=all&sort=-dueAt', ['descending', '事项截止(含当日) ↓']],
      ['?standing=unfinished&sort=issuedAt', ['ascending', '签发 ↑']],
      ['?standing=overdue', ['ascending', '截止(含当日) ↑']],
      ['', ['ascending', '截止(含当日) ↑']],
    ] as const) {
      const shown = await sorted(query)
      const expected = [...shown.days].sort()
      if (head[0] === 'descending') expected.reverse()
      expect([query, shown.head, shown.days]).toEqual([query, head, expected])
    }
    // YJ-2 is with the centre: its own day sorts it, and that of the review stands below.
    expect((await page('?standing=all', 'relief')).replace(/\s+/g, ' ')).toMatch(
      /周.<br \/>复核 2022-06-\d\d/,
    )
  })

  it('keeps a filter that has no field, says it, and offers to drop it', async () => {
    const text = await page('?source=medical-insurance&standing=all', 'relief')
    expect(text).toContain('<input type="hidden" name="source" value="medical-insurance" />')
    expect(text).toMatch(/数据来源:医保局\s*<a href="\/obligations\?standing=all"/)
  })

  it('shows each clock status, the holder, and a masked household', async () => {
    const text = (await page('?standing=unfinished', 'relief')).replace(/\s+/g, ' ')
    for (const said of [
      '▲ 逾期 2 个工作日',
      '今日到期',
      '○ 未到期',
      '毛坝镇(承办)',
      '救助中心(复核)',
      '张**某',
      '2022-06-09 周四',
    ])
      expect(text).toContain(said)
    expect(text).not.toContain('张测试某')
    expect(await page('?standing=done', 'relief')).toContain('✓ 迟办')
  })

  it('continues page by page', async () => {
    for (let n = 0; n < 51; n++)
      await foundWarning(api, { externalId: `N-${n}`, level: 'yellow', office: `${COUNTY}.donghe` })
    const first = await page(`?office=${COUNTY}.donghe&standing=unfinished`, 'relief')
    const next = /rel="next" href="([^"]+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = (await api.get(next, who.relief)).text
    const [before, after] = [rowsOf(first), rowsOf(second)]
    expect([before.length, after.length]).toEqual([50, 1])
    expect(before).not.toContain(after[0])
    expect(second).toContain('回到第一页')
    expect(second).not.toContain('rel="next"')
  })

  it.each([
    ['', 'newcomer', 'href="/obligations?standing=unfinished"'],
    ['?standing=all', 'newcomer', '还没有督办事项'],
    ['?standing=due-today', 'newcomer', '没有“今日到期”的事项'],
    ['?q=nothing', 'officer', '清除条件</a>'],
    ['?standing=due-today&level=red', 'relief', '没有符合这些条件的事项'],
  ])('says what to do when it is empty: %j for %s', async (query, role, said) => {
    const text = await page(query, role)
    expect(rowsOf(text)).toEqual([])
    expect(text).toContain(said)
  })
})

it('says where it searched in vain, and suggests only what is not so already', async () => {
  const name = await page('?q=陈&standing=all', 'relief')
  expect(name).toContain('“关键词”只在编号和标题中查找,不查姓名')
  expect(name).not.toContain('改为“全部”')
  expect(name).not.toContain('少选几个条件')
  const red = await page('?standing=due-today&level=red', 'relief')
  expect(red).toContain('可以把“状态”改为“全部”、少选几个条件,或者')
  expect(red).not.toContain('不查姓名')
})

describe('a question that is wrong', () => {
  it.each([
    ['level=purple', '“等级”没有这个选项'],
    ['standing=x&kind=y', '“种类”没有这个选项'],
    ['level=red&level=orange', '“等级”给了不止一次'],
    [`q=${'x'.repeat(101)}`, '“关键词”太长'],
    ['office=sn.ak.elsewhere', '“单位”不是本县的单位'],
    ['cursor=x', '请从第一页看起'],
    ['officeOnly=maybe', '“只看本级”没有这个选项'],
    ['late=true', '没有“late”这个筛选条件,其他条件已保留。可以用:单位 office'],
    ['sort=title', '“排序”没有这个选项,请重新选择:截止由早到晚、'],
    ['dueFrom=tomorrow', '“到期不早于”要写成 2022-06-15 这样的日期'],
    ['campaign=ca_none', '“行动”不是本县的行动'],
  ])('%s is answered with a sentence and the form to mend it', async (query, said) => {
    const answer = await api.get(`/obligations?${query}`, who.relief)
    expect([answer.status, answer.headers['content-type']]).toEqual([400, 'text/html; charset=utf-8'])
    expect(answer.text).toContain(said)
    expect(answer.text).toContain('action="/obligations"')
  })

  it('and contains invalid characters is refused with a page', async () => {
    const answer = await api.get('/obligations?q=%00', who.relief)
    expect([answer.status, answer.headers['content-type']]).toEqual([422, 'text/html; charset=utf-8'])
  })

  it('keeps the other choices, and nothing of it is markup', async () => {
    const text = await page('?level=purple&standing=overdue&q=%22%3E%3Cscript%3E', 'relief')
    expect(text).toContain('value="overdue" selected')
    expect(text).toContain('value="&quot;&gt;&lt;script&gt;"')
  })

  it('may have extra parameters that a mail program added', async () => {
    expect((await api.get('/obligations?from=mail', who.officer)).status).toBe(200)
  })
})

describe('the first page', () => {
  it('heads levels as obligations in hand, sums them first, and says who is worst and why', async () => {
    const text = (await api.get('/', who.relief)).text.replace(/\s+/g, ' ')
    expect(text).toContain('在办事项(按预警等级)')
    expect(text).toContain('按期率:按期办结 ÷(已办结 + 未办结而已逾期过的)')
    expect(text).toMatch(/并列最需督办:<b>[^<]*毛坝镇[^<]*<\/b>\(各逾期 1 件,是红色,最长 2 个工作日\)/)
    const first = text.indexOf('合计(')
    expect(first).toBeGreaterThan(0)
    expect(first).toBeLessThan(text.indexOf('>毛坝镇</a>'))
    // Whoever sees several counties is led to the obligations of this one.
    const sums = text.slice(text.lastIndexOf('<tr', first), text.indexOf('</tr>', first))
    const led = [...sums.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)
    expect(led.length).toBeGreaterThan(1)
    for (const href of led) expect(href).toContain(`office=${COUNTY}&`)
    // Of 毛坝镇 one was done late and one is late and open: nothing was in time.
    const row = text.slice(text.indexOf('>毛坝镇</a>'))
    expect(row.slice(0, row.indexOf('</tr>'))).toContain('0 %')
  })

  it('links each number of the offices to as many obligations', async () => {
    for (const role of ['officer', 'relief', 'auditor']) {
      const text = (await api.get('/', who[role])).text
      const links = [
        ...text.matchAll(
          /<a href="(\/obligations\?office=[^"]+officeOnly[^"]+)"\s*>(?:<span[^>]*>▲ )?(\d+)</g,
        ),
      ]
      expect(links.length).toBeGreaterThan(role === 'officer' ? 4 : 8)
      for (const [, href = '', n] of links) {
        const rows = rowsOf((await api.get(href.replaceAll('&amp;', '&'), who[role])).text)
        expect([role, href, Math.min(Number(n), 50)]).toEqual([role, href, rows.length])
      }
    }
  })

  it('links to the list for those who may read it, and for nobody else', async () => {
    for (const role of ['officer', 'auditor'])
      expect((await api.get('/', who[role])).text).toContain('>督办事项</a>')
    expect((await api.get('/', who.administrator)).text).not.toContain('督办事项</a>')
    expect((await api.get('/obligations', who.administrator)).status).toBe(403)
  })

  it.each([
    ['officer', ['我要办的', '阶段', '各单位', '最近的邮件', '系统']],
    ['head', ['各单位', '逾期的', '阶段', '最近的邮件', '系统']],
    ['relief', ['各单位', '我要办的', '阶段', '最近的邮件', '系统']],
    ['auditor', ['审计记录', '阶段', '各单位', '最近的邮件', '系统']],
    ['administrator', ['系统']],
  ])('of %s has its own sections in its own order', async (role, expected) => {
    const text = (await api.get('/', who[role])).text
    expect([...text.matchAll(/<h2>\s*([^\s<]+)/g)].map(([, title]) => title)).toEqual(expected)
  })
})
