import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashPassword } from '../../../src/services/access/passwords.ts'
import { setPassword } from '../../../src/services/access/credentials.ts'
import { startTrialInbox, type TrialInbox } from '../../../src/mail/trial-inbox.ts'
import { personWith } from '../../support/scoped.ts'
import { type Asking, buildTestApp, COUNTY, foundWarning, type TestApp, TOWN } from '../build.ts'

const PASSWORD = '一行白鹭上青天 7'
let dir: string
let inbox: TrialInbox
let api: TestApp
let person: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'duban-pages-'))
  inbox = await startTrialInbox({ dir })
  api = await buildTestApp(undefined, { inbox })
  person = await personWith(api.pool, 'town-officer', TOWN)
  await setPassword(api.pool, person, await hashPassword(PASSWORD), Date.now())
})
afterAll(async () => {
  await api?.close()
  await inbox?.close()
  await rm(dir, { recursive: true, force: true })
})

const submit = (url: string, form: string, { headers }: Asking) =>
  api.ask(
    {
      ...{ method: 'POST', url, payload: form },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
    { token: null, headers: headers ?? {} },
  )

describe('a form', () => {
  it.each([
    ['a field no form of ours has', 'surplus=1', 422],
    ['a field that would be a prototype', '__proto__=1', 422],
    ['a field twice', 'code=123456&code=123456', 400],
    ['an endless line', `password=${'x'.repeat(1001)}`, 422],
  ])('of any page refuses %s with a page', async (_what, form, status) => {
    const [officer, administrator] = [
      await api.sessionOf(person),
      await api.signedIn('administrator', COUNTY),
    ]
    const forms = api.app.routeTable.filter(({ method, url }) => method === 'POST' && !url.startsWith('/v1/'))
    expect(forms.map(({ url }) => url)).toContain('/account/sessions/end')
    for (const { url, permission } of forms) {
      const anybodys = permission === 'open' || permission === 'self'
      const answer = await submit(url, form, anybodys ? officer : administrator)
      expect([url, answer.status]).toEqual([url, status])
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
      expect(answer.text).toMatch(/没有执行。/)
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
  })
})

describe('the address of a page', () => {
  it.each(['/sign-in?next=/a&next=/b', '/set-password?token=a&token=b', '/inbox?before=1&before=2'])(
    '%s with a field twice is refused with a page',
    async (url) => {
      const answer = await api.get(url, { token: null })
      expect([answer.status, answer.headers['content-type']]).toEqual([400, 'text/html; charset=utf-8'])
    },
  )

  it('may have extra parameters that a mail program added', async () => {
    expect((await api.get('/sign-in?next=/account&from=mail', { token: null })).status).toBe(200)
  })
})

describe('an unknown address', () => {
  const browser = { token: null, headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } }

  it.each([
    ['/nowhere', 404, '没有这个页面'],
    ['/v1/nowhere', 404, '没有这个页面'],
  ])('%s gives a browser a page with a way back', async (url, status, said) => {
    const page = await api.get(url, browser)
    expect([page.status, page.headers['content-type']]).toEqual([status, 'text/html; charset=utf-8'])
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.text).toContain(said)
    expect(page.text).toContain('<a href="/">回到概况</a>')
  })

  // Somebody asked anew for what a form answered.
  it.each([
    ['/users/actions', '/users'],
    ['/account/totp', '/account'],
    ['/account/sessions/end?x=1', '/account'],
    ['/sign-out', '/'],
  ])('%s is the address of a form, and links to its page %s', async (url, above) => {
    const page = await api.get(url, browser)
    expect(page.status).toBe(405)
    expect(page.text).toContain('<h1>这是提交表单用的地址</h1>')
    expect(page.text).toContain(`<p><a href="${above}">`)
    expect(page.text).not.toContain('POST')
  })

  it('keeps the name and menu of somebody signed in, and does not speak of keys', async () => {
    const { headers } = await api.sessionOf(person)
    for (const url of ['/nowhere', '/account/totp']) {
      const page = await api.get(url, { token: null, headers: { ...browser.headers, ...headers } })
      expect(page.text).toContain('action="/sign-out"')
      expect(page.text).toContain('<a href="/obligations" >督办事项</a>')
      const asKey = await api.get(url, { headers: browser.headers })
      expect(asKey.text).not.toContain('督办事项')
    }
  })

  it.each([undefined, '*/*', 'application/json'])(
    'stays problem+json for programs (Accept: %s)',
    async (accept) => {
      const answer = await api.get('/nowhere', { token: null, headers: accept ? { accept } : {} })
      expect([answer.status, answer.headers['content-type']]).toEqual([
        404,
        'application/problem+json; charset=utf-8',
      ])
    },
  )

  it('of the API is problem+json for everybody', async () => {
    const answer = await api.get('/v1/offices', browser)
    expect([answer.status, answer.headers['content-type']]).toEqual([
      401,
      'application/problem+json; charset=utf-8',
    ])
  })
})

describe('somebody who is signed in', () => {
  it('can sign out from every page, a refusal included', async () => {
    const officer = await api.sessionOf(person)
    const { id } = await foundWarning(api)
    for (const [url, status] of [
      ['/', 200],
      ['/account', 200],
      [`/obligations/${id}`, 200],
      ['/obligations/ob_none', 404],
      ['/mails/ml_none', 404],
      ['/inbox', 200],
      ['/inbox/none', 404],
      ['/sign-in', 200],
      ['/set-password?token=a&token=b', 400],
    ] as const) {
      const page = await api.get(url, officer)
      expect([url, page.status]).toEqual([url, status])
      expect(page.text, url).toContain('action="/sign-out"')
    }
    expect((await submit('/account/totp', 'surplus=1', officer)).text).toContain('action="/sign-out"')
    expect((await api.get('/sign-in', { token: null })).text).not.toContain('action="/sign-out"')
  })

  it('confirms once before a session or an absence ends, and ends nothing with one click', async () => {
    const [mine] = [await api.sessionOf(person), await api.sessionOf(person)]
    const away = await submit('/account/absence', 'from=2022-06-06', mine)
    expect(away.text).toContain('离岗已登记。')
    const asked = [...away.text.matchAll(/<details class="ask">[^]*?<\/details>/g)].map(([text]) => text)
    for (const label of ['结束', '结束其他所有登录', '撤销登记']) {
      const one = asked.find((text) => text.includes(`<summary>${label}</summary>`))
      expect(one).toMatch(/<p>[^<]+<\/p>/)
      expect(one).toContain(`>确认${label}</button>`)
    }
    const rest = away.text.replaceAll(/<details class="ask">[^]*?<\/details>/g, '')
    expect(rest).not.toContain('name="session"')
    expect((await submit('/account/absence/end', '', mine)).text).toContain('已返岗,代理已结束。')
  })

  it('ends all other sessions on their page with the password alone', async () => {
    const [mine, other] = [await api.sessionOf(person), await api.sessionOf(person)]
    expect((await api.get('/account', mine)).text).toContain('结束其他所有登录')
    for (const form of ['', 'session=', 'session=&password=not+it']) {
      const refused = await submit('/account/sessions/end', form, mine)
      expect(refused.status).toBe(422)
      expect(refused.text).toContain('登录没有结束。')
    }
    expect((await api.get('/account', other)).status).toBe(200)
    const form = new URLSearchParams({ session: '', password: PASSWORD }).toString()
    const ended = await submit('/account/sessions/end', form, mine)
    expect(ended.text).toContain('其他登录已全部结束。')
    // Nobody is left whom there is to end.
    expect(ended.text).not.toContain('结束其他所有登录')
    for (const out of [mine, other]) expect((await api.get('/v1/me', out)).status).toBe(401)
    const cookie = String(ended.headers['set-cookie']).split(';')[0] ?? ''
    expect((await api.get('/v1/me', { token: null, headers: { cookie } })).status).toBe(200)
  })
})
