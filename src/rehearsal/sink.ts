import { simpleParser } from 'mailparser'
import type { Instant } from '../domain/time/days.ts'
import type { ArrivedMail, TrialInbox } from '../mail/trial-inbox.ts'

/** One mail the SMTP side took, with the business time at which it did. */
export type Acceptance = { messageId: string; to: string; acceptedAt: Instant; text: string }

/** The SMTP side's own record: all the account knows of what was sent. */
export type Sink = {
  /** From now on acceptances are recorded, at the business time this tells. */
  record(businessNow: () => Instant): void
  stop(): void
  acceptances(): Promise<Acceptance[]>
}

/** Listens to the trial inbox, which speaks up before its 250 leaves: the clock cannot have gone on yet. */
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

/** One for each recipient of the envelope: that is who really got it. */
async function parse({ to, raw }: ArrivedMail, acceptedAt: Instant): Promise<Acceptance[]> {
  const mail = await simpleParser(raw, { skipTextToHtml: true, skipHtmlToText: true })
  const { messageId = '', text = '' } = mail
  return to.map((address) => ({ to: address, acceptedAt, messageId, text }))
}
