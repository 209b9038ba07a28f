import { html, type Html, type HtmlValue } from './html.ts'

/** Stands first in a form with fields and a confirm button, so that the return key does not press that button. */
export const NO_BUTTON_BY_RETURN = html`<button type="submit" disabled hidden></button>`

/**
 * A button that asks once for confirmation, without a script: the first click shows the consequences, the second
 * acts. @param label the name of the action, shown both times @param field what the surrounding form sends for
 * it
 */
export function confirmButton(
  label: string,
  consequences: HtmlValue,
  field?: { name: string; value: string },
): Html {
  const sent = field ? html`name="${field.name}" value="${field.value}"` : null
  return html`<details class="ask">
    <summary>${label}</summary>
    <p>${consequences}</p>
    <button class="grave" type="submit" ${sent}>确认${label}</button>
  </details>`
}
