import type { SMTPServerSession } from 'smtp-server'

/**
 * A fault that a test asks the inbox to make. `drop-mid-data` breaks the connection at the first bytes of the
 * message. `drop-after-dot` keeps the mail and breaks the connection instead of answering 250, which the sender
 * cannot tell from a loss.
 */
export type Fault =
  | { kind: 'refuse'; reply?: string; code?: number }
  | { kind: 'greylist' }
  | { kind: 'put-off-sender'; code: number; reply: string }
  | { kind: 'drop-mid-data' }
  | { kind: 'drop-after-dot' }
  | { kind: 'auth-fail' }
  | { kind: 'slow'; ms: number }

/** Asked once for each mail at RCPT, and with an empty `to` at each login and each MAIL FROM. */
export type Faults = (envelope: { from: string; to: string[] }) => Fault | null

export class SmtpRefusal extends Error {
  readonly responseCode: number
  constructor(responseCode: number, message: string) {
    super(message)
    this.responseCode = responseCode
  }
}

/** The answer to MAIL FROM; null to go on to the readers. */
export function refusalAtMail(fault: Fault | null): SmtpRefusal | null {
  return fault?.kind === 'put-off-sender' ? new SmtpRefusal(fault.code, fault.reply) : null
}

/** The answer to RCPT TO; null to go on to the message. */
export function refusalAtRcpt(fault: Fault | null): SmtpRefusal | null {
  if (fault?.kind === 'refuse') return new SmtpRefusal(fault.code ?? 550, fault.reply ?? 'Mailbox not found')
  if (fault?.kind === 'greylist') return new SmtpRefusal(451, '4.7.1 Greylisted, try again later')
  return null
}

export function senderOf(session: SMTPServerSession): string {
  return session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
}
