import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, COUNTY, type TestApp } from '../build.ts'

let api: TestApp
beforeAll(async () => {
  api = await buildTestApp()
})
afterAll(() => api.close())

const BROWSER = { token: null, headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } }

describe('an address of earlier mails and bookmarks', () => {
  it.each([
    ['/', '/app/'],
    ['/?from=mail', '/app/?from=mail'],
    ['/obligations', '/app/obligations'],
    [
      '/obligations?standing=overdue&office=sn.ak.zy.maoba',
      '/app/obligations?standing=overdue&office=sn.ak.zy.maoba',
    ],
    ['/obligations?q=%E5%9B%A0%E7%97%85', '/app/obligations?q=%E5%9B%A0%E7%97%85'],
    ['/obligations/ob_7', '/app/obligations/ob_7'],
    ['/mails/ml_7?view=why', '/app/mails/ml_7?view=why'],
    ['/inbox', '/app/inbox'],
    ['/inbox/0000000007', '/app/inbox/0000000007'],
    ['/sign-in?next=/account', '/app/sign-in?next=/account'],
    ['/sign-in?next=/a&next=/b', '/app/sign-in?next=/a&next=/b'],
    ['/forgotten', '/app/forgotten'],
    ['/set-password?token=abc', '/app/set-password?token=abc'],
    ['/account', '/app/account'],
    ['/users?q=x', '/app/users?q=x'],
  ])('%s leads to %s, for anybody', async (url, page) => {
    const { status, headers } = await api.get(url, BROWSER)
    expect([status, headers['location']]).toEqual([302, page])
  })

  it.each([
    '/%2F%2Felsewhere.test',
    '//elsewhere.test',
    '/obligations/..%2f..%2felsewhere',
    '/mails/https:%2F%2Felsewhere.test',
  ])('%s never leads to another host', async (url) => {
    const { status, headers } = await api.get(url, BROWSER)
    const to = headers['location']
    if (status === 302) expect(to).toMatch(/^\/app\//)
    else expect([400, 404]).toContain(status)
  })

  it('takes no form any more', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const admin = await api.signedIn('administrator', COUNTY)
    for (const url of [
      '/sign-in',
      '/sign-out',
      '/set-password',
      '/account/password',
      '/users',
      '/mail-opening',
    ]) {
      const { status } = await api.ask({ method: 'POST', url, payload: 'email=a', headers }, admin)
      expect([url, status]).toEqual([url, expect.toSatisfy((s: number) => s === 404 || s === 405)])
    }
  })
})

describe('an unknown address', () => {
  it.each([
    ['/nowhere', 404, '没有这个页面'],
    ['/v1/nowhere', 404, '没有这个页面'],
    ['/v1/mails/retry', 405, '这个地址不能直接打开'],
  ])('%s gives a browser a page with a way back, to everybody the same', async (url, status, said) => {
    const page = await api.get(url, BROWSER)
    if (status === 405 && page.status !== 405) return expect(page.status).toBe(401)
    expect([page.status, page.headers['content-type']]).toEqual([status, 'text/html; charset=utf-8'])
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.headers['cache-control']).toBe('no-store')
    expect(page.text).toContain(said)
    expect(page.text).toContain('<a href="/app/">')
    expect(page.text).not.toMatch(/POST|接口|\/docs/)
    const officer = await api.signedIn('town-officer', 'sn.ak.zy.maoba')
    const theirs = await api.get(url, { ...officer, headers: { ...BROWSER.headers, ...officer.headers } })
    expect(theirs.text).toBe(page.text)
    expect((await api.get(url, { headers: BROWSER.headers })).text).toBe(page.text)
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
    const answer = await api.get('/v1/offices', BROWSER)
    expect([answer.status, answer.headers['content-type']]).toEqual([
      401,
      'application/problem+json; charset=utf-8',
    ])
  })
})

it('where the app was not built, its address says what to do', async () => {
  const page = await api.get('/app/obligations', BROWSER)
  expect(page.status).toBe(503)
  expect(page.text).toContain('npm run build')
})
