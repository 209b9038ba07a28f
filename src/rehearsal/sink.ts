import { simpleParser } from 'mailparser'
import type { Instant } from '../domain/days.ts'

/** One mail the SMTP side took, with the business time at which it did. */
export type Acceptance = {
  messageId: string
  to: string
  acceptedAt: Instant
  subject: string
  text: string
}

/** The SMTP side's own record: all the account knows of what was sent. */
export type Sink = {
  /** Called for every acceptance, before or right after the reply; `raw` is the message as it came over the wire. */
  take(envelopeTo: string, raw: Buffer | string, acceptedAt: Instant): void
  acceptances(): Promise<Acceptance[]>
}

export function createSink(): Sink {
  const parsing: Promise<Acceptance>[] = []
  return {
    take: (to, raw, acceptedAt) => void parsing.push(parse(to, raw, acceptedAt)),
    acceptances: () => Promise.all(parsing),
  }
}

async function parse(to: string, raw: Buffer | string, acceptedAt: Instant): Promise<Acceptance> {
  const mail = await simpleParser(raw, { skipTextToHtml: true, skipHtmlToText: true })
  return {
    to,
    acceptedAt,
    messageId: mail.messageId ?? '',
    subject: mail.subject ?? '',
    text: mail.text ?? '',
  }
}
