import { beijingText } from '../../domain/time/days.ts'
import type { SessionRow } from '../../services/access/sessions.ts'
import { absenceSection, type AbsenceView } from './absence-view.ts'
import { confirmButton, NO_BUTTON_BY_RETURN } from './confirm-button.ts'
import { qrCode } from './qr.ts'
import { html, type Html, type PageOptions } from './shell.ts'

export type AccountView = {
  name: string
  /** 城关镇 · 镇经办人; a substitute's role says so. */
  roles: readonly string[]
  permissions: readonly string[]
  sessions: readonly SessionRow[]
  current: string | null
  /** A sample person of a demonstration has none. */
  hasPassword: boolean
  secondFactor: boolean
  /** Some permissions wait for a second factor. */
  secondFactorAwaited: boolean
  /** A second factor being set up, with the secret to type into the app. */
  enrolling: { secret: string; uri: string } | null
  /** Null for somebody without a role, who needs no substitute. */
  absence: AbsenceView | null
  said: { good: boolean; words: string } | null
}

const VIA = { password: '密码', demo: '演示', link: '邮件链接' } as const

/** One's own page: permissions, sessions, password and second factor. */
export function accountPage(view: AccountView): PageOptions {
  const pressing = view.secondFactorAwaited || view.enrolling !== null
  const body = html`<h1>${view.name}</h1>
    ${view.said ? html`<p class="${view.said.good ? 'done' : 'late'}" role="status">${view.said.words}</p>` : null}
    <p>${view.roles.map((r) => html`${r}<br />`)}</p>
    <details>
      <summary>可以做什么</summary>
      <ul>
        ${view.permissions.map((p) => html`<li>${p}</li>`)}
      </ul>
    </details>
    ${pressing ? secondFactorFirst(view) : null} ${view.absence ? absenceSection(view.absence) : null}
    <h2>登录中的设备</h2>
    ${sessionForm(view)}
    <h2>修改密码</h2>
    <form class="narrow" method="post" action="/account/password">
      <label
        >现在的密码 <input name="current" type="password" autocomplete="current-password" required
      /></label>
      <label
        >新密码(至少 12 个字符)
        <input name="next" type="password" autocomplete="new-password" required minlength="12"
      /></label>
      ${codeField(view)}
      <div><button type="submit">修改密码</button></div>
    </form>
    ${
      pressing
        ? null
        : html`<h2>两步验证</h2>
            ${secondFactor(view)}`
    }`
  return { title: '我的账号', here: '/account', body }
}

/** The second factor comes first while it is required or being set up. */
function secondFactorFirst(view: AccountView): Html {
  if (!view.secondFactorAwaited)
    return html`<h2>两步验证</h2>
      ${secondFactor(view)}`
  return html`<h2>请先开启两步验证</h2>
    <p class="late" role="alert">
      您的权限要在两步验证之后才能使用。请在手机上装一个动态口令(验证器)应用,在这里填写密码开始,再把应用里显示的
      6 位数字填进来。只做一次,以后每次登录除密码外再填一次动态口令。
    </p>
    ${secondFactor(view)}`
}

/** One form around all sessions: the button above ends all others, a row's button ends that one. */
function sessionForm(view: AccountView): Html {
  const { sessions, current } = view
  const rows = sessions.map(
    (s) =>
      html`<tr>
        <td class="time" data-label="登录时间">${beijingText(s.createdWall)}</td>
        <td class="time" data-label="最近使用">${beijingText(s.seenWall)}</td>
        <td data-label="方式">${VIA[s.via]}</td>
        <td data-label="地址">${s.address ?? '–'}</td>
        <td class="quiet wide">${s.agent ?? '–'}</td>
        <td class="unbroken">
          ${s.id === current ? '当前' : confirmButton('结束', '那台设备上要重新登录。', { name: 'session', value: s.id })}
        </td>
      </tr>`,
  )
  const others = sessions.some((s) => s.id !== current)
  return html`<form method="post" action="/account/sessions/end">
    ${NO_BUTTON_BY_RETURN}
    ${
      others
        ? html`<div class="narrow">
            ${proofFields(view)} ${confirmButton('结束其他所有登录', '其他设备上都要重新登录,这里不受影响。')}
          </div>`
        : null
    }
    <table class="cards">
      <thead>
        <tr>
          <th>登录时间</th>
          <th>最近使用</th>
          <th>方式</th>
          <th>地址</th>
          <th class="wide">浏览器</th>
          <th></th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </form>`
}

/** The fields of the proof: none for a sample person, who has no password. */
function proofFields(view: AccountView): Html | null {
  if (!view.hasPassword) return null
  return html`<label
      >密码 <input name="password" type="password" autocomplete="current-password" required
    /></label>
    ${codeField(view)}`
}

function codeField({ secondFactor }: AccountView): Html | null {
  if (!secondFactor) return null
  return html`<label
    >动态口令 <input name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="6" required
  /></label>`
}

function secondFactor(view: AccountView): Html {
  const { enrolling } = view
  if (view.secondFactor)
    return html`<p>已开启:登录时要输入动态口令。</p>
      <form class="narrow" method="post" action="/account/totp/remove">
        ${NO_BUTTON_BY_RETURN} ${proofFields(view)}
        ${confirmButton('关闭两步验证', '以后只凭密码就能登录;其他设备上的登录全部结束。')}
      </form>`
  if (enrolling)
    return html`<p>
        用手机的验证器应用扫描二维码;就在这台手机上的,<a href="${enrolling.uri}">在应用中打开</a>。
      </p>
      ${qrCode(enrolling.uri, '两步验证的二维码')}
      <p>不能扫描的,在应用中手工输入密钥(基于时间,6 位):</p>
      <pre>${enrolling.secret}</pre>
      <form class="narrow" method="post" action="/account/totp/confirm">
        <input type="hidden" name="secret" value="${enrolling.secret}" />
        <label>应用显示的动态口令 <input name="code" inputmode="numeric" maxlength="6" required /></label>
        <div><button class="main" type="submit">确认开启</button></div>
      </form>`
  return html`<form class="narrow" method="post" action="/account/totp">
    ${proofFields(view)}
    <div><button type="submit">开启两步验证</button></div>
  </form>`
}
