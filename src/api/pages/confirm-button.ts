import { html, type Html, type HtmlValue } from './html.ts'

/** First in a form with a field and a question: return in the field would press the button of the question nobody was asked. */
export const NO_BUTTON_BY_RETURN = html`<button type="submit" disabled hidden></button>`

/**
 * What cannot simply be taken back is asked once, without a script: the first click says what will happen, the second does it.
 * @param label what it is called, both times; @param field what the form around it sends for it
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
