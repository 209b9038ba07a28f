import { beijingText } from '../../domain/days.ts'
import { ROLE_LABELS } from '../../domain/words.ts'
import type { Shown } from '../accounts.ts'
import { html, type Html, type PageOptions } from './shell.ts'

export type UsersView = {
  users: readonly Shown[]
  offices: readonly { code: string; name: string }[]
  /** Who looks: their own account is another administrator's. */
  self: string
  said: { good: boolean; words: string } | null
}

/** The administrator's page: who has an account, with which roles; adding, ending, resetting. */
export function usersPage(view: UsersView): PageOptions {
  const body = html`<h1>人员账号</h1>
    ${view.said ? html`<p class="${view.said.good ? 'done' : 'late'}" role="status">${view.said.words}</p>` : null}
    <p class="quiet">自己的角色和账号由另一位管理员管理。设置密码的链接只发到本人邮箱。</p>
    <table class="cards">
      <thead>
        <tr>
          <th>姓名</th>
          <th>角色</th>
          <th>状态</th>
          <th>最近登录</th>
          <th></th>
        </tr>
      </thead>
      <tbody>
        ${view.users.map((user) => userRow(user, view))}
      </tbody>
    </table>
    <h2>新建人员</h2>
    <form class="narrow" method="post" action="/users">
      <label>姓名 <input name="name" required maxlength="100" /></label>
      <label>邮箱 <input name="email" type="email" required /></label>
      ${roleFields(view)}
      <div><button class="main" type="submit">新建,并把链接发到邮箱</button></div>
    </form>
    <h2>授予角色</h2>
    <form class="narrow" method="post" action="/users/actions">
      <label
        >人员
        <select name="person" required>
          ${view.users.filter((u) => u.id !== view.self).map((u) => html`<option value="${u.id}">${u.name}(${u.email})</option>`)}
        </select>
      </label>
      ${roleFields(view)}
      <div><button type="submit" name="action" value="grant-role">授予</button></div>
    </form>`
  return { title: '人员账号', here: '/users', more: [USERS], body }
}

export const USERS = { href: '/users', label: '人员账号' }

function roleFields({ offices }: UsersView): Html {
  return html`<label
      >单位
      <select name="office" required>
        ${offices.map((o) => html`<option value="${o.code}">${o.name}</option>`)}
      </select>
    </label>
    <label
      >角色
      <select name="role" required>
        ${Object.entries(ROLE_LABELS).map(([code, label]) => html`<option value="${code}">${label}</option>`)}
      </select>
    </label>
    <label>开始(可不填) <input name="from" type="date" /></label>
    <label>结束(可不填) <input name="until" type="date" /></label>`
}

function userRow(user: Shown, view: UsersView): Html {
  const state = [
    user.active ? '' : '已停用',
    user.hasPassword ? '' : '未设密码',
    user.secondFactor ? '两步验证' : '',
  ]
  const mine = user.id === view.self
  return html`<tr>
    <td>${user.name}<br /><span class="quiet">${user.email}</span></td>
    <td>${user.roles.map((role) => roleLine(user, role, view, mine))}</td>
    <td class="${user.active ? 'quiet' : 'late'}">${state.filter(Boolean).join('、')}</td>
    <td class="time">${user.lastSignInAt ? beijingText(Date.parse(user.lastSignInAt)) : '–'}</td>
    <td>${mine ? null : buttons(user)}</td>
  </tr>`
}

function roleLine(user: Shown, r: Shown['roles'][number], { offices }: UsersView, mine: boolean): Html {
  const name = offices.find((o) => o.code === r.office)?.name ?? r.office
  const term = [r.from ? `${r.from} 起` : '', r.until ? `至 ${r.until}` : ''].filter(Boolean).join(' ')
  return html`<form method="post" action="/users/actions">
    <input type="hidden" name="person" value="${user.id}" />
    <input type="hidden" name="office" value="${r.office}" />
    <input type="hidden" name="role" value="${r.role}" />
    ${name} ${r.label} ${term}
    ${mine || user.roles.length === 1 ? null : html`<button type="submit" name="action" value="take-role">收回</button>`}
  </form>`
}

function buttons(user: Shown): Html {
  const button = (action: string, label: string) =>
    html`<button type="submit" name="action" value="${action}">${label}</button> `
  return html`<form method="post" action="/users/actions">
    <input type="hidden" name="person" value="${user.id}" />
    ${user.active ? button('reset', '重设密码') : null}
    ${user.secondFactor ? button('drop-second-factor', '关闭两步验证') : null}
    ${user.active ? button('disable', '停用') : button('enable', '恢复')}
  </form>`
}
