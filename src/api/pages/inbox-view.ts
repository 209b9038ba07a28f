import { beijingText, type Instant } from '../../domain/time/days.ts'
import type { InboxEntry, InboxMail } from '../../mail/trial-inbox.ts'
import type { WhySent } from '../../services/notifications/mail-overview.ts'
import { html, type Html, type PageOptions } from './shell.ts'

type WhyShown = Pick<WhySent, 'what' | 'because' | 'at'>
const BANNER = '试用模式:邮件并未真正发出,都留在这里。'

/** The inbox, newest first. `next` is the address of the next older page, or null. */
export function inboxListPage(view: {
  mails: readonly InboxEntry[]
  total: number
  next: string | null
}): PageOptions {
  const body = html`<h1>试用邮箱 <span class="quiet">${view.total} 封</span></h1>
    ${view.mails.length > 0 ? bothTables(view.mails) : html`<p class="quiet">还没有邮件。到了轮次时间,提醒和督办会出现在这里;启动之前的邮件在概况的“最近的邮件”中。</p>`}
    ${view.next ? html`<p class="more"><a href="${view.next}">更早的邮件</a></p>` : null}`
  return { title: '试用邮箱', here: '/inbox', banner: BANNER, body }
}

/** Digests first: they are what the product is for. Links to set passwords and the day's seals follow. */
function bothTables(mails: readonly InboxEntry[]): Html {
  const digests = mails.filter(({ round }) => round !== null)
  const others = mails.filter(({ round }) => round === null)
  return html`${
    digests.length > 0
      ? html`<h2>提醒和督办</h2>
          ${mailTable(digests)}`
      : null
  }
  ${
    others.length > 0
      ? html`<h2>账号和审计</h2>
          ${mailTable(others)}`
      : null
  }`
}

function mailTable(mails: readonly InboxEntry[]): Html {
  return html`<table class="cards">
    <thead>
      <tr>
        <th>轮次(北京时间)</th>
        <th>收件人</th>
        <th>主题</th>
        <th class="wide">收到</th>
      </tr>
    </thead>
    <tbody>
      ${mails.map(
        (m) =>
          html`<tr>
            <td class="time">${m.round ? whenWords(m.round) : '–'}</td>
            <td class="unbroken">${m.to}</td>
            <td><a href="/inbox/${m.id}">${m.subject || '(无主题)'}</a></td>
            <td class="time wide">${whenWords(m.receivedAt)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

export const MAIL_VIEWS = { html: '正文', text: '纯文本', headers: '邮件头', why: '为什么发出' } as const
export type MailView = keyof typeof MAIL_VIEWS

/** The view that an address asks for; by default the mail itself. */
export function viewOf(text: string | undefined): MailView {
  return text !== undefined && text in MAIL_VIEWS ? (text as MailView) : 'html'
}

/** One mail in one of its views (`?view=`). `why` is null for readers who may not know it. */
export function inboxMailPage(view: {
  mail: InboxMail
  show: MailView
  why?: readonly WhyShown[] | null
  /** The mail is from the outbox: it may really have left. */
  outbox?: boolean
}): PageOptions {
  const { mail, outbox = false } = view
  const base = outbox ? '/mails' : '/inbox'
  const body = html`<p class="quiet">
      <a href="${outbox ? '/' : base}">${outbox ? '概况' : '试用邮箱'}</a>
    </p>
    <h1>${mail.subject || '(无主题)'}</h1>
    <dl>
      ${
        mail.from &&
        html`<dt>发件人</dt>
          <dd>${mail.from}</dd>`
      }
      <dt>收件人</dt>
      <dd>${mail.to}</dd>
      <dt>轮次</dt>
      <dd>${mail.round ? `${whenWords(mail.round)}(北京时间)` : '–'}</dd>
      <dt>${outbox ? '写成或送出' : '收到'}</dt>
      <dd>${whenWords(mail.receivedAt)}(${outbox ? '北京时间' : '实际时间'})</dd>
    </dl>
    <nav class="tabs" aria-label="查看方式">
      ${(Object.keys(MAIL_VIEWS) as MailView[]).map((v) => viewTab(`${base}/${mail.id}`, v, view.show))}
    </nav>
    ${viewContent(mail, view.show, view.why ?? null)}`
  return {
    title: mail.subject,
    body,
    ...(outbox ? {} : { here: '/inbox', banner: BANNER }),
  }
}

function viewTab(address: string, to: MailView, shown: MailView): Html {
  const current = to === shown ? html`aria-current="page"` : null
  return html`<a href="${address}?view=${to}" ${current}>${MAIL_VIEWS[to]}</a>`
}

function viewContent(mail: InboxMail, show: MailView, why: readonly WhyShown[] | null): Html {
  switch (show) {
    case 'html':
      return mail.html ? sandboxedMail(mail) : html`<p class="quiet">本信没有网页正文,请看纯文本。</p>`
    case 'text':
      return html`<pre>${mail.text}</pre>`
    case 'headers':
      return html`<pre>${mail.headers.join('\n')}</pre>`
    case 'why':
      return whyTable(why, mail.round)
  }
}

/** Sandboxed: no script, no form, no access to this page; its links open in a new tab. */
function sandboxedMail(mail: InboxMail): Html {
  const document = `<base target="_blank">${mail.html}`
  return html`<iframe
    title="邮件正文"
    sandbox="allow-popups allow-popups-to-escape-sandbox"
    referrerpolicy="no-referrer"
    srcdoc="${document}"
  ></iframe>`
}

/** What is decided this long before a round waits for it. */
const AHEAD_MS = 30 * 60_000

function isAhead(at: Instant, round: string | null): boolean {
  if (round === null) return false
  const ahead = Date.parse(round) - at
  return ahead > 0 && ahead <= AHEAD_MS
}

function whyTable(why: readonly WhyShown[] | null, round: string | null): Html {
  if (!why || why.length === 0)
    return html`<p class="quiet">
      发件箱里没有这封信的记录,或它不在您的范围内;登录后可查看自己范围内的邮件。
    </p>`
  return html`${
      why.some(({ at }) => isAhead(at, round))
        ? html`<p class="quiet">轮次前半小时内决定的,到轮次时间一起发出,所以决定的时间略早于轮次。</p>`
        : null
    }
    <table class="cards">
      <thead>
        <tr>
          <th>起因</th>
          <th>为什么是这位收件人</th>
          <th>决定</th>
        </tr>
      </thead>
      <tbody>
        ${why.map(
          (w) =>
            html`<tr>
              <td>${w.what}</td>
              <td data-label="为什么">${w.because}</td>
              <td class="time" data-label="决定">${beijingText(w.at)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`
}

function whenWords(iso: string): string {
  const at = Date.parse(iso)
  return Number.isNaN(at) ? iso : beijingText(at)
}
