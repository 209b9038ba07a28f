import { describe, expect, it } from 'vitest'
import { inboxListPage, inboxMailPage } from '../../../src/api/pages/inbox-view.ts'
import { html, page } from '../../../src/api/pages/shell.ts'
import type { InboxMail } from '../../../src/mail/trial-inbox.ts'

const mail: InboxMail = {
  id: '0000000007',
  receivedAt: '2026-11-23T01:00:00.000Z',
  from: '测试县督办 <duban@county.example>',
  to: 'officer@town.example',
  subject: '<b>主题</b>',
  messageId: '<m@x.example>',
  round: '2022-06-09T00:30:00.000Z',
  headers: ['Subject: <i>x</i>'],
  text: '正文 <script>',
  html: '<p title="a">正文</p><script>alert(1)</script>',
  raw: '',
}

describe('the html tag', () => {
  it('escapes values, keeps its own markup, joins lists and drops empty values', () => {
    expect(html`<p title="${'"'}">${['<', html`<b>${1}</b>`]}${null}${false}${undefined}</p>`.markup).toBe(
      '<p title="&quot;">&lt;<b>1</b></p>',
    )
  })
})

describe('the inbox pages', () => {
  it('have no script, whatever a mail contains', () => {
    for (const show of ['html', 'text', 'headers', 'why'] as const)
      expect(page(inboxMailPage({ mail, show }))).not.toMatch(/<script|<b>主题|<i>x/)
    expect(page(inboxListPage({ mails: [mail], total: 1, next: null }))).not.toContain('<b>主题')
  })

  it('show the body in a frame that can run nothing', () => {
    const shown = page(inboxMailPage({ mail, show: 'html' }))
    expect(shown).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"')
    expect(shown).toContain('&lt;p title=&quot;a&quot;&gt;正文&lt;/p&gt;')
    expect(shown).toMatch(/view=html"\s+aria-current="page"/)
  })

  it('say when the mail was due and why it was sent', () => {
    const why = [
      { what: '督办第 1 级', because: '毛坝镇镇分管领导', at: Date.parse('2022-06-09T00:05:00.000Z') },
    ]
    const shown = page(inboxMailPage({ mail, show: 'why', why }))
    expect(shown).toContain('2022-06-09 08:30')
    expect(shown).toContain('毛坝镇镇分管领导')
  })

  it.each([
    ['half an hour before its round', '2022-06-09T00:05:00.000Z', true],
    ['at once', '2022-06-09T00:30:00.000Z', false],
    ['hours before', '2022-06-08T08:30:00.000Z', false],
  ])('explain an early decision only where there was one: %s', (_how, at, explained) => {
    const shown = page(
      inboxMailPage({ mail, show: 'why', why: [{ what: '更正', because: '告知', at: Date.parse(at) }] }),
    )
    expect(shown.includes('轮次前半小时')).toBe(explained)
  })

  it('link to older mails, or say that there are none', () => {
    expect(page(inboxListPage({ mails: [mail], total: 9, next: '/inbox?before=7' }))).toContain(
      'href="/inbox?before=7"',
    )
    expect(page(inboxListPage({ mails: [], total: 0, next: null }))).toContain('还没有邮件')
  })
})

it('a page may reload itself without a script', () => {
  expect(page({ title: '概况', body: '', refresh: 5 })).toContain('<meta http-equiv="refresh" content="5" />')
})
