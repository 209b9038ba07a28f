import { PALETTE } from './palette.ts'
import { template } from './templates.ts'

export type AddressChangedInput = { name: string; contact: string; trial: boolean }
type View = AddressChangedInput & { colours: typeof PALETTE }

const asHtml = template<View>('address-changed.html.hbs')
const asText = template<View>('address-changed.text.hbs')

/**
 * Tells the former address of an account that another is in force. It goes to whoever reads that mailbox now, so it does
 * not say which.
 */
export function composeAddressChanged({ name, contact, trial }: AddressChangedInput) {
  const view = { colours: PALETTE, name: name.replace(/[\s\p{Cc}]+/gu, ' ').trim(), contact, trial }
  return { subject: '【督办】登记的邮箱已更改', text: asText(view), html: asHtml(view) }
}
