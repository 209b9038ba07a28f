import { beijingText } from '../../domain/time/days.ts'
import type { Shown } from '../people/accounts.ts'
import { confirmButton } from './confirm-button.ts'
import { contactForm, contactLine, contactLink } from './users-contact-form.ts'
import { html, type Html, type PageOptions } from './shell.ts'
import { searchField, userTools } from './users-forms.ts'
import { disableWarning, postWords, takeWarning, termWords, type UsersView } from './users-words.ts'

/** The administrator's page: who has an account, with which roles; adding, disabling, resetting. */
export function usersPage(view: UsersView): PageOptions {
  const { users, all, q, said } = view
  const body = html`<h1>
      人员账号
      <span class="quiet">${q ? `找到 ${users.length} 人,共 ${all.length} 人` : `${all.length} 人`}</span>
    </h1>
    ${said ? html`<p class="${said.good ? 'done' : 'late'}" role="status">${said.words}</p>` : null}
    ${userTools(view)} ${contactForm(view)}
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
        ${users.map((user) => userRow(user, view))}
      </tbody>
    </table>
    ${users.length === 0 ? html`<p class="quiet">没有找到。姓名、邮箱、单位名称中都没有“${q}”。</p>` : null}`
  return { title: '人员账号', here: '/users', more: [USERS], body }
}

export const USERS = { href: '/users', label: '人员账号' }

function userRow(user: Shown, view: UsersView): Html {
  const state = [
    user.active ? '' : '已停用',
    user.hasPassword ? '' : '未设密码',
    user.secondFactor ? '两步验证' : '',
  ]
  const mine = user.id === view.self
  return html`<tr>
    <td>${user.name}<br /><span class="quiet">${user.email}</span>${contactLine(user)}</td>
    <td>${user.roles.map((role) => roleLine(user, role, view, mine))}</td>
    <td class="unbroken ${user.active ? 'quiet' : 'late'}">${state.filter(Boolean).join('、')}</td>
    <td class="time" data-label="最近登录">
      ${user.lastSignInAt ? beijingText(Date.parse(user.lastSignInAt)) : '–'}
    </td>
    <td>${mine ? null : buttons(user, view)}</td>
  </tr>`
}

function roleLine(user: Shown, r: Shown['roles'][number], view: UsersView, mine: boolean): Html {
  const words = html`${postWords(r, view.places)}${termWords(r)}`
  if (mine || user.roles.length === 1) return html`<div>${words}</div>`
  return html`<form method="post" action="/users/actions">
    ${searchField(view)}
    <input type="hidden" name="person" value="${user.id}" />
    <input type="hidden" name="office" value="${r.office}" />
    <input type="hidden" name="role" value="${r.role}" />
    ${words} ${confirmButton('收回', takeWarning(user, r, view), { name: 'action', value: 'take-role' })}
  </form>`
}

/** Actions that a stray click must not cause are confirmed once. */
function buttons(user: Shown, view: UsersView): Html {
  const action = (value: string) => ({ name: 'action', value })
  const button = (value: string, label: string) =>
    html`<button type="submit" name="action" value="${value}">${label}</button> `
  return html`<form class="row" method="post" action="/users/actions">
    ${searchField(view)}
    <input type="hidden" name="person" value="${user.id}" />
    ${contactLink(user, view)} ${user.active ? button('reset', '重设密码') : button('enable', '恢复')}
    ${user.active ? button('test-mail', '发测试邮件') : null}
    ${user.secondFactor ? confirmButton('关闭两步验证', DROP_WARNING, action('drop-second-factor')) : null}
    ${user.active ? confirmButton('停用', disableWarning(user, view), action('disable')) : null}
  </form>`
}

const DROP_WARNING = '现有登录全部结束,以后只凭密码就能登录。只在手机丢失或更换时使用,并先核实是本人提出。'
