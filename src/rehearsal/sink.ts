import { simpleParser } from 'mailparser'
import type { Instant } from '../domain/time/days.ts'
import type { ArrivedMail, TrialInbox } from '../mail/trial-inbox.ts'

/** One mail that the SMTP side accepted, with the business time. */
export type Acceptance = { messageId: string; to: string; acceptedAt: Instant; text: string }

/** The SMTP side's own record: all that the reconciliation knows of what was sent. */
export type Sink = {
  /** Begins to record acceptances, at the business time that `now` gives. */
  record(businessNow: () => Instant): void
  stop(): void
  acceptances(): Promise<Acceptance[]>
}

/** Listens to the trial inbox, which calls before it answers 250, so the clock cannot have moved yet. */
export function sinkOf(inbox: Pick<TrialInbox, 'onMail'>): Sink {
  const parsing: Promise<Acceptance[]>[] = []
  let stop = () => {}
  return {
    record(businessNow) {
      stop = inbox.onMail((mail) => void parsing.push(parse(mail, businessNow())))
    },
    stop: () => stop(),
    acceptances: async () => (await Promise.all(parsing)).flat(),
  }
}

/** One entry for each recipient of the envelope, which is who really got it. */
async function parse({ to, raw }: ArrivedMail, acceptedAt: Instant): Promise<Acceptance[]> {
  const mail = await simpleParser(raw, { skipTextToHtml: true, skipHtmlToText: true })
  const { messageId = '', text = '' } = mail
  return to.map((address) => ({ to: address, acceptedAt, messageId, text }))
}
