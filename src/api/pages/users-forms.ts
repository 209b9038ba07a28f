import { ROLE_OFFICES } from '../../services/people/users.ts'
import { OFFICE_KIND_LABELS, ROLE_LABELS, type Role } from '../../domain/obligation/vocabulary.ts'
import { html, type Html } from './shell.ts'
import type { UsersView } from './users-words.ts'

type Option = { value: string; label: string }

/** The search, and the forms that add. A form opens on a click, or after a refusal with what was typed. */
export function userTools(view: UsersView): Html {
  return html`<form class="row" method="get" action="/users" role="search">
      <label class="row"
        >查找 <input name="q" type="search" value="${view.q}" placeholder="姓名、邮箱或单位"
      /></label>
      <button type="submit">查找</button>
      ${view.q ? html`<a href="/users">全部</a>` : null}
    </form>
    <div class="tools">${newForm(view)} ${grantForm(view)}</div>`
}

function newForm(view: UsersView): Html {
  const { form, name = '', email = '' } = view.typed ?? {}
  return html`<details class="ask" ${form === 'new' ? html`open` : null}>
    <summary>新建人员</summary>
    <form class="narrow" method="post" action="/users">
      ${searchField(view)}
      <label>姓名 <input name="name" required maxlength="100" value="${name}" /></label>
      <label>邮箱 <input name="email" type="email" required value="${email}" /></label>
      ${roleFields(view, 'new')}
      <div><button class="main" type="submit">新建,并把链接发到邮箱</button></div>
    </form>
  </details>`
}

function grantForm(view: UsersView): Html {
  const { form, person } = view.typed ?? {}
  const people = view.all.filter((u) => u.id !== view.self)
  const options = people.map((u) => ({ value: u.id, label: `${u.name}(${u.email})` }))
  return html`<details class="ask" ${form === 'grant' ? html`open` : null}>
    <summary>授予角色</summary>
    <form class="narrow" method="post" action="/users/actions">
      ${searchField(view)} ${select('人员', 'person', options, person)} ${roleFields(view, 'grant')}
      <div><button class="main" type="submit" name="action" value="grant-role">授予</button></div>
    </form>
  </details>`
}

/** Keeps the search, so that the person is still shown after an action. */
export function searchField({ q }: Pick<UsersView, 'q'>): Html | null {
  return q ? html`<input type="hidden" name="q" value="${q}" />` : null
}

function roleFields({ offices, typed }: UsersView, form: 'new' | 'grant'): Html {
  const { office, role, from = '', until = '' } = typed?.form === form ? typed : {}
  const places = offices.map((o) => ({ value: o.code, label: o.name }))
  const roles = (Object.keys(ROLE_LABELS) as Role[]).map((code) => ({ value: code, label: roleWords(code) }))
  return html`${select('单位', 'office', places, office)} ${select('角色', 'role', roles, role)}
    <label>开始(可不填) <input name="from" type="date" value="${from}" /></label>
    <label>结束(可不填) <input name="until" type="date" value="${until}" /></label>`
}

/** Each role with the offices it fits, since that is refused most. */
function roleWords(role: Role): string {
  return `${ROLE_LABELS[role]}(设在${ROLE_OFFICES[role].map((kind) => OFFICE_KIND_LABELS[kind]).join('、')})`
}

/** Nothing is preselected. */
function select(label: string, name: string, options: readonly Option[], chosen = ''): Html {
  const one = ({ value, label: words }: Option) =>
    html`<option value="${value}" ${value === chosen ? html`selected` : null}>${words}</option>`
  return html`<label
    >${label}
    <select name="${name}" required>
      ${[{ value: '', label: '请选择' }, ...options].map(one)}
    </select>
  </label>`
}
