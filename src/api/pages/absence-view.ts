import type { Person } from '../people/people.ts'
import { confirmButton } from './confirm-button.ts'
import { html, type Html } from './shell.ts'

/** One's own absence, and the form that enters or ends it. `colleagues` are the possible substitutes. */
export type AbsenceView = { entered: Person['absence']; colleagues: readonly Person[]; today: string }

export function absenceSection({ entered, colleagues, today }: AbsenceView): Html {
  return html`<h2>离岗和代理</h2>
    ${entered ? enteredWords(entered) : html`<p class="quiet">没有登记离岗。</p>`}
    <form class="narrow" method="post" action="/account/absence">
      <label>第一天 <input name="from" type="date" required value="${entered?.from ?? today}" /></label>
      <label
        >最后一天(不填则到返岗为止) <input name="until" type="date" value="${entered?.until ?? ''}"
      /></label>
      <label
        >代理人
        <select name="substitute">
          <option value="">没有,提醒由上一级收到</option>
          ${colleagues.map((c) => option(c, c.id === entered?.substitute?.id))}
        </select>
      </label>
      <div><button type="submit">登记离岗</button></div>
    </form>`
}

function enteredWords({ from, until, substitute, away, standIn }: NonNullable<Person['absence']>): Html {
  const who = substitute ? `,代理人 ${substitute.name}` : ',没有代理人'
  const passed = standIn && standIn.id !== substitute?.id ? `,今天由 ${standIn.name} 代理` : ''
  const nobody = away && !standIn && substitute ? ',代理人今天也不在岗,提醒由上一级收到' : ''
  return html`<p class="${away ? 'soon' : ''}">
      ${from} 起离岗,${until ? `到 ${until} 为止` : '到返岗为止'}${who}${passed}${nobody}。
    </p>
    <form method="post" action="/account/absence/end">
      ${confirmButton('撤销登记', '从现在起按在岗处理:代理结束,提醒和权限回到本人。')}
    </form>`
}

function option({ id, name, roles }: Person, chosen: boolean): Html {
  const duty = roles.map((r) => r.label).join('、')
  return chosen
    ? html`<option value="${id}" selected>${name}(${duty})</option>`
    : html`<option value="${id}">${name}(${duty})</option>`
}
