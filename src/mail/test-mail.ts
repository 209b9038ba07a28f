import { beijingText, type Instant } from '../domain/time/days.ts'
import { PALETTE } from './palette.ts'
import { template } from './templates.ts'

export type TestMailInput = { name: string; at: Instant; contact: string; trial: boolean }
type View = { colours: typeof PALETTE; name: string; at: string; contact: string; trial: boolean }

const asHtml = template<View>('test-mail.html.hbs')
const asText = template<View>('test-mail.text.hbs')

/** A mail that says nothing but that mail arrives. */
export function composeTestMail({ name, at, contact, trial }: TestMailInput) {
  const view: View = {
    colours: PALETTE,
    name: name.replace(/[\s\p{Cc}]+/gu, ' ').trim(),
    at: beijingText(at),
    ...{ contact, trial },
  }
  return { subject: '【督办】测试邮件', text: asText(view), html: asHtml(view) }
}
