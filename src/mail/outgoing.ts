import type { SendMailOptions } from 'nodemailer'
import { oneAddress } from './address.ts'

export type Mailbox = { name: string; address: string }

/**
 * One mail to one person. `messageId` and `references` have angle brackets. A mail keeps its Message-ID for
 * ever.
 */
export type OutgoingMail = {
  messageId: string
  from: Mailbox
  replyTo: string
  to: string
  subject: string
  text: string
  html: string
  headers: Record<string, string>
  references: string[]
}

/** Thrown when a header contains a line break, or has a name that this module sets itself. */
export class BadHeader extends Error {
  readonly header: string
  constructor(header: string) {
    super(`邮件头 ${header} 不合规`)
    this.name = 'BadHeader'
    this.header = header
  }
}

const MESSAGE_ID = /^<[^\s<>@\p{Cc}]+@[^\s<>@\p{Cc}]+>$/u
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]*$/
const OWN_HEADERS =
  /^(to|cc|bcc|from|sender|reply-to|subject|date|message-id|in-reply-to|references|mime-version|content-.*)$/i

/**
 * Builds nodemailer's options and refuses whatever could add a recipient or a header. @throws BadAddress for the
 * recipient, BadHeader for a header
 */
export function nodemailerOptions(mail: OutgoingMail): SendMailOptions {
  const to = oneAddress(mail.to)
  for (const id of [mail.messageId, ...mail.references])
    if (!MESSAGE_ID.test(id)) throw new BadHeader('Message-ID')
  for (const [name, value] of Object.entries(mail.headers)) {
    if (!HEADER_NAME.test(name) || OWN_HEADERS.test(name)) throw new BadHeader(name.replace(/[^\w-]/g, '?'))
    oneLine(name, value)
  }
  return {
    envelope: { from: mail.from.address, to: [to] },
    messageId: mail.messageId,
    from: { name: oneLine('From', mail.from.name), address: mail.from.address },
    replyTo: { name: '', address: mail.replyTo },
    to: { name: '', address: to },
    subject: oneLine('Subject', mail.subject),
    text: mail.text,
    html: mail.html,
    headers: mail.headers,
    references: mail.references,
    textEncoding: 'base64',
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function oneLine(name: string, value: string): string {
  if (/\p{Cc}/u.test(value)) throw new BadHeader(name)
  return value
}
