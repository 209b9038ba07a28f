import nodemailer, { type SendMailOptions } from 'nodemailer'
import { BadAddress, oneAddress } from './address.ts'
import { classify, type Fate, type SmtpError, tidy } from './classify.ts'
import { BadHeader, nodemailerOptions, type OutgoingMail } from './outgoing.ts'

export type { Fate } from './classify.ts'
export type { Mailbox, OutgoingMail } from './outgoing.ts'

/** Wall milliseconds. */
export type SmtpTimeouts = { connect: number; silence: number; whole: number }

/** `whole` stays below the lease of a claimed mail (60 s), so that no other courier sends the mail meanwhile. */
const TIMEOUTS: SmtpTimeouts = { connect: 10_000, silence: 30_000, whole: 50_000 }

export type TransportOptions = { timeouts?: Partial<SmtpTimeouts>; connections?: number }

/** Long-lived. It holds a few pooled connections and reopens them itself. */
export interface MailTransport {
  /** Never throws for faults of SMTP or of a recipient: they are fates. */
  send(mail: OutgoingMail): Promise<Fate>
  /** Lets mails in mid-delivery finish; waiting ones come back as `retry`. */
  close(): Promise<void>
}

/** @param smtpUrl `smtp://user:password@host:port` or `smtps://…`; a bad sender address of a mail halts the queue */
export function createTransport(smtpUrl: string, options: TransportOptions = {}): MailTransport {
  const timeouts = { ...TIMEOUTS, ...options.timeouts }
  const pool = openPool(smtpUrl, timeouts, options.connections ?? 5)
  const inFlight = new Set<Promise<Fate>>()

  async function attempt(mail: OutgoingMail): Promise<Fate> {
    const prepared = prepareMail(mail)
    if ('kind' in prepared) return prepared
    const progress = { handedOver: false }
    const tracked: Tracked = { ...prepared, progress, signal: AbortSignal.timeout(timeouts.whole) }
    try {
      const sent = await pool.sendMail(tracked)
      return { kind: 'accepted', reply: tidy(sent.response ?? '') }
    } catch (error) {
      return classify(error as SmtpError, progress.handedOver)
    }
  }

  return {
    send(mail) {
      const fate = attempt(mail).finally(() => inFlight.delete(fate))
      inFlight.add(fate)
      return fate
    },
    async close() {
      pool.close()
      await Promise.all(inFlight)
    },
  }
}

type Tracked = SendMailOptions & { progress: { handedOver: boolean } }

function openPool(url: string, timeouts: SmtpTimeouts, maxConnections: number) {
  const pool = nodemailer.createTransport({
    pool: true,
    url,
    maxConnections,
    maxRequeues: 0, // Temporal retries; retries inside the pool would hide failures.
    idleTimeout: 20_000, // Shorter than servers allow, so that a mail seldom meets a connection that is just closing.
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.connect,
    socketTimeout: timeouts.silence,
  })
  pool.use('stream', (mail, done) => {
    const { progress } = mail.data as Partial<Tracked>
    // `end` comes when the connection has taken the last byte. From then on the final dot may have arrived.
    mail.message.processFunc((source) => {
      source.once('end', () => {
        if (progress) progress.handedOver = true
      })
      return source
    })
    done()
  })
  return pool
}

/** Builds nodemailer's options, or the fate of a mail that must not be sent. */
function prepareMail(mail: OutgoingMail): SendMailOptions | Fate {
  try {
    oneAddress(mail.from.address)
    oneAddress(mail.replyTo)
  } catch (error) {
    return { kind: 'halt', reason: 'sender', reply: `发件或回复地址:${(error as BadAddress).message}` }
  }
  try {
    return nodemailerOptions(mail)
  } catch (error) {
    if (error instanceof BadAddress) return { kind: 'failed', reply: error.message, about: 'reader' }
    if (error instanceof BadHeader) return { kind: 'failed', reply: error.message, about: 'mail' }
    throw error
  }
}
