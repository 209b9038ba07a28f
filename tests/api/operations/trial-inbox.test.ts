import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTransport } from '../../../src/mail/transport.ts'
import { startTrialInbox, type TrialInbox } from '../../../src/mail/trial-inbox.ts'
import { type Asking, buildTestApp, type TestApp } from '../build.ts'

const NOBODY: Asking = { token: null }
type Inbox = { items: { id: string; subject: string; to: string }[]; total: number }

let dir: string
let inbox: TrialInbox
let api: TestApp
let closed: TestApp
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'duban-inbox-'))
  inbox = await startTrialInbox({ dir })
  api = await buildTestApp(undefined, { inbox })
  closed = await buildTestApp(undefined, { inbox, openInbox: false })
  await createTransport(inbox.smtpUrl).send({
    messageId: '<one@duban.example>',
    from: { name: '督办', address: 'duban@duban.example' },
    replyTo: 'contact@bureau.ziyang.test',
    to: 'officer@maoba.ziyang.test',
    subject: '今日到期 1 件',
    text: '请办理。',
    html: '<!doctype html><html><head><title>x</title></head><body><p style="color:#000">请办理。</p><script>alert(1)</script></body></html>',
    headers: {},
    references: [],
  })
})
afterAll(async () => {
  await api.close()
  await closed.close()
  await inbox.close()
  await rm(dir, { recursive: true })
})

const firstId = async () => (await api.get<Inbox>('/v1/trial-inbox', NOBODY)).body.items[0]?.id ?? ''

describe('the trial inbox', () => {
  test('is read without a sign-in', async () => {
    const { body } = await api.get<Inbox>('/v1/trial-inbox', NOBODY)
    expect(body).toMatchObject({ total: 1, nextBefore: null, items: [{ subject: '今日到期 1 件' }] })
    const one = await api.get(`/v1/trial-inbox/${await firstId()}`, NOBODY)
    expect(one.body).toMatchObject({ hasHtml: true, text: expect.stringContaining('请办理'), why: null })
  })

  test('tells whoever may read mails why one was sent', async () => {
    expect((await api.get(`/v1/trial-inbox/${await firstId()}`)).body).toMatchObject({ why: [] })
  })

  test('shows the page of a mail in a frame where nothing of it runs', async () => {
    const { headers, text } = await api.get(`/v1/trial-inbox/${await firstId()}/preview`, NOBODY)
    expect(headers['content-type']).toContain('text/html')
    expect(text.toLowerCase()).toMatch(/^<!doctype html>/)
    expect(text).toContain('<head><base target="_blank">')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'self'")
    expect(policy).toMatch(/sandbox (?!.*allow-scripts)/)
    // Its origin is ours: that no script runs is all that keeps it from what is open there.
    expect(policy).not.toContain('script-src')
    expect(headers['x-frame-options']).toBe('SAMEORIGIN')
  })

  test.each(['', '/x', '/x/preview'])('is not there where it is not open: %s', async (rest) => {
    expect((await closed.get(`/v1/trial-inbox${rest}`, NOBODY)).status).toBe(404)
  })

  test.each(['/x', '/..%2Fpasswd', '/x/preview'])('has no mail %s', async (rest) => {
    expect((await api.get(`/v1/trial-inbox${rest}`, NOBODY)).status).toBe(404)
  })
})
