import { openMailOf } from '../people/county-routes.ts'
import type { Routes } from '../http/route-types.ts'
import { openMailForm } from './forms.ts'
import { confirmButton } from './confirm-button.ts'
import { html, type Html } from './html.ts'

/** What the first page says while a county prepares. */
export const PREPARING = '准备中:邮件尚未开放'

/** The administrator opens the mail from the first page. */
export function mailOpeningPages(app: Routes): void {
  app.post(
    '/mail-opening',
    { config: { permission: 'mail:open' }, schema: { hide: true, body: openMailForm } },
    async (request, reply) => {
      await openMailOf(request, request.body.county)
      return reply.redirect('/', 303)
    },
  )
}

/** The button of whoever may open it. */
export function openMailButton(county: { office: string; name: string }): Html {
  const consequences = `${county.name}的提醒和督办邮件从下一批起真正发出;准备期间积下的,每人并成一封。开放后不能再收回。`
  return html`<h2>${PREPARING}</h2>
    <p>单位、人员和行动都核对好了,再开放邮件。</p>
    <form method="post" action="/mail-opening">
      <input type="hidden" name="county" value="${county.office}" />
      ${confirmButton('开放邮件', consequences)}
    </form>`
}
