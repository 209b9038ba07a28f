import { beijingText, type Instant } from '../domain/time/days.ts'
import { PALETTE } from './palette.ts'
import { flat } from './flat.ts'
import { template } from './templates.ts'

/** `bureau`: of the county the account works for; `account`: the address one signs in with. */
export type SecretLinkInput = {
  name: string
  bureau: string
  account: string
  purpose: 'first-password' | 'reset'
  link: string
  until: Instant
  contact: string
  trial: boolean
}
type View = {
  colours: typeof PALETTE
  name: string
  bureau: string
  account: string
  what: string
  link: string
  until: string
  unasked: string
  contact: string
  trial: boolean
}

const asHtml = template<View>('secret-link.html.hbs')
const asText = template<View>('secret-link.text.hbs')

const WORDS = {
  'first-password': {
    subject: '【督办】请设置登录密码',
    what: '已为您开通账号。请点下面的链接设置密码,之后用这个账号和密码登录。',
    unasked: '',
  },
  reset: {
    subject: '【督办】重设登录密码',
    what: '有人请求重设这个账号的登录密码。如果是您本人,请点下面的链接设置新密码。',
    unasked: '如果不是您本人要求的,不用理会,原密码照常有效。',
  },
} as const

/** The only mail whose link is a secret: it is sent at once and kept nowhere. */
export function composeSecretLink(input: SecretLinkInput) {
  const { purpose, link, until, contact, trial } = input
  const { subject, what, unasked } = WORDS[purpose]
  const view: View = {
    colours: PALETTE,
    name: flat(input.name),
    bureau: flat(input.bureau),
    account: flat(input.account),
    ...{ what, link, unasked, contact, trial },
    until: beijingText(until),
  }
  return { subject, text: asText(view), html: asHtml(view) }
}
