import { beijingText } from '../../domain/time/days.ts'
import { HOLD_WORDS, type HoldState } from '../../services/notifications/mail-holds.ts'
import { html, type Html } from './shell.ts'

/** The alarm that all mail of a county is held. Whoever keeps the mail server sees its reply, and a button to try now. */
export function mailHoldAlarm(holds: readonly HoldState[], mayRetry: boolean): Html[] {
  return holds.map(
    (hold) =>
      html`<section class="alarm" role="alert">
        <p class="late">
          ▲ 邮件暂停发出:${HOLD_WORDS[hold.reason]}。自 ${beijingText(hold.since)} 起,${hold.waiting} 封在等;
          没有一封丢失,改好后会自动发出。
        </p>
        ${mayRetry ? retryForm(hold) : html`<p class="quiet">系统管理员的首页有提示。</p>`}
      </section>`,
  )
}

function retryForm({ county, reply }: HoldState): Html {
  return html`<p>邮件服务器的答复:<code>${reply}</code></p>
    <form method="post" action="/mails/retry">
      <input type="hidden" name="county" value="${county}" />
      <button class="main" type="submit">已改好,立即重发</button>
    </form>`
}
