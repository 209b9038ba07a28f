import { quietDaysWords } from '../../domain/people/quiet-days.ts'
import type { Shown } from '../people/accounts.ts'
import { html, type Html } from './shell.ts'
import { searchField } from './users-forms.ts'
import type { UsersView } from './users-words.ts'

/** Opens the form for one person, with the search kept. */
export function contactLink({ id }: Shown, { q }: Pick<UsersView, 'q'>): Html {
  const kept = q === '' ? '' : `&q=${encodeURIComponent(q)}`
  return html`<a href="/users?contact=${encodeURIComponent(id)}${kept}">联系方式</a>`
}

/** The telephone and the quiet days below somebody's address. */
export function contactLine({ phone, quietDays }: Shown): Html | null {
  const quiet = quietDaysWords(quietDays)
  const words = [phone === null ? '' : `电话 ${phone}`, quiet === '' ? '' : `免打扰 ${quiet}`].filter(Boolean)
  return words.length === 0 ? null : html`<br /><span class="quiet">${words.join(',')}</span>`
}

/** How one person is called and reached, as it stands or as it was typed before a refusal. */
export function contactForm(view: UsersView): Html | null {
  const { editing, typed } = view
  if (editing === null) return null
  const stored = { ...editing, phone: editing.phone ?? '', quiet: quietDaysWords(editing.quietDays) }
  const { name, email, phone, quiet } = typed?.form === 'contact' ? typed : stored
  return html`<details class="ask" open>
    <summary>${editing.name} 的联系方式</summary>
    <form class="narrow" method="post" action="/users/contact">
      ${searchField(view)}
      <input type="hidden" name="person" value="${editing.id}" />
      <label>姓名 <input name="name" required maxlength="100" value="${name}" /></label>
      <label>邮箱 <input name="email" type="email" required value="${email}" /></label>
      <label>单位电话(可不填) <input name="phone" type="tel" maxlength="40" value="${phone}" /></label>
      <label>免打扰日(可不填) <input name="quiet" placeholder="周三、周五" value="${quiet}" /></label>
      <p class="quiet">
        改了邮箱,以后用新邮箱登录、收提醒,原来的邮箱会收到告知。可以等的提醒不在免打扰日发给他,顺延到之后的第一个早上;紧急的和到了规定时间的照发。
      </p>
      <div><button class="main" type="submit">保存</button></div>
    </form>
  </details>`
}
