/**
 * Thrown when a text is not exactly one plain mailbox. The message does not repeat the text, which may be
 * hostile.
 */
export class BadAddress extends Error {
  readonly reason: AddressFault
  constructor(reason: AddressFault) {
    super(REASONS[reason])
    this.name = 'BadAddress'
    this.reason = reason
  }
}

const REASONS = {
  empty: '邮箱地址为空',
  'too-long': '邮箱地址过长',
  'not-one-mailbox': '须是一个纯粹的邮箱地址,不能有空白、换行、逗号、引号、尖括号或显示名',
  malformed: '邮箱地址格式不对,应如 name@example.cn',
} as const
export type AddressFault = keyof typeof REASONS

// Anything that nodemailer's parser could read as a second mailbox, a group, a route or a display name.
const TRICKS = /[\s\p{Cc},;:<>()[\]"\\]/u
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const LABEL = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/

/**
 * Returns the text when it is exactly one ASCII mailbox `local@domain` as RFC 5321 bounds it. nodemailer mails
 * everybody it can read out of a recipient, so this check comes first. @throws BadAddress
 */
export function oneAddress(text: string): string {
  const fault = addressFault(text)
  if (fault) throw new BadAddress(fault)
  return text
}

/** Why a text is not one plain mailbox; null for one that is. */
export function addressFault(text: string): AddressFault | null {
  if (text === '') return 'empty'
  if (text.length > 254) return 'too-long'
  if (TRICKS.test(text)) return 'not-one-mailbox'
  const at = text.indexOf('@')
  const local = text.slice(0, at)
  const labels = text.slice(at + 1).split('.')
  const sound =
    at > 0 &&
    local.length <= 64 &&
    LOCAL.test(local) &&
    labels.length >= 2 &&
    labels.every((l) => LABEL.test(l))
  return sound ? null : 'malformed'
}
