import { enhancedStatusIn } from './enhanced-status.ts'
import { type Refusal, refusalAbout, type RefusalAbout } from './refusal.ts'
import { speaksOfServer, spokenAbout } from './refusal-words.ts'

/**
 * What became of one attempt to send. `unknown`: the server may have the mail, so it is sent again under the
 * same Message-ID. `halt`: the refusal is about us, no mail of ours can leave, so all mail is held and somebody
 * is told. `failed`: final, for this reader or this mail alone.
 */
export type Fate =
  | { kind: 'accepted'; reply: string }
  | PutOff
  | { kind: 'failed'; reply: string; about?: FinalAbout }
  | { kind: 'unknown'; reply: string }
  | { kind: 'halt'; reply: string; reason: HaltReason }

/** Not now. `about`: whom the server puts off; left out where the reply does not say. */
export type PutOff = { kind: 'retry'; reply: string; reason: RetryReason; about?: 'us' | 'reader' }

/** Whom a final refusal may be about, left out for the reader: what is about us is never final. */
export type FinalAbout = Exclude<RefusalAbout, 'us'>
/**
 * `login`: our login. `sender`: our address, at MAIL FROM or in the settings. `refused`: at a reader, by words or a code
 * about us. `alike`: several readers were refused with the same words (judge-pass.ts).
 */
export type HaltReason = 'login' | 'sender' | 'refused' | 'alike'

/**
 * `deferred`: a 4xx, or a server that accepts no mail now. `rate-limited`: too many mails too fast.
 * `connection`: no answer.
 */
export type RetryReason = 'deferred' | 'rate-limited' | 'connection'

/** What nodemailer puts on its errors. */
export type SmtpError = Error & { code?: string; command?: string; response?: string; responseCode?: number }

/**
 * Final codes that only mean "slower". QQ: `550 Sender/Domain/Ip/Connection frequency limited` and `550 Mailbox
 * unavailable or access denied` (too many for one recipient). NetEase: `554 MI:STC`, `554 RP:TRC`, `HL:ITC`.
 * Enterprise relays: `sending quota exceeded`, `too many messages`. Exchange and Google: `5.4.5`, `5.7.28`.
 * "Quota exceeded" alone is a full mailbox and stays final.
 */
const RATE_LIMIT =
  /frequency (is )?limited|frequently|rate.?limit|sending (rate|limit|quota)|too (many|much) (invalid |bad |unknown )?(mail|message|connection|recipient)|mailbox unavailable or access denied|\b(MI:(STC|SFQ|DMC|SEC)|RP:(TRC|QRC|DRC|RCL|CEL)|HL:(ITC|ICC|IFC))\b|\b5\.(4\.5|7\.28)\b|频率|过于频繁|(数量|次数)超[过出]/i

const LOGIN_CODES = [530, 534, 535, 538]
/** Commands before a mail is named. A refusal there concerns the server or our address, never the mail. */
const SESSION = /^(CONN|EHLO|HELO|STARTTLS|API)$/

/**
 * Maps an error of nodemailer to a fate.
 * @param handedOver whether the whole message had been given to the connection when it failed
 */
export function classify(error: SmtpError, handedOver: boolean): Fate {
  const reply = tidy(error.response || error.message)
  return error.responseCode
    ? fateOfReply(error, error.responseCode, reply)
    : fateWithoutReply(error, handedOver, reply)
}

/** The fate when the server answered with a code. */
function fateOfReply(error: SmtpError, code: number, reply: string): Fate {
  const { command = '' } = error
  // Checked first: QQ's 535 for a wrong password also mentions a limited frequency.
  if (LOGIN_CODES.includes(code) || (error.code === 'EAUTH' && code >= 500))
    return { kind: 'halt', reply, reason: 'login' }
  if (RATE_LIMIT.test(reply)) return rateLimited(reply)
  if (SESSION.test(command)) return { kind: 'retry', reply, reason: 'deferred', about: 'us' }
  const about = refusalAbout({ code, command, reply })
  if (code < 500) return deferral({ code, command, reply }, about)
  if (about !== 'us') return { kind: 'failed', reply, about }
  return { kind: 'halt', reply, reason: command === 'MAIL FROM' ? 'sender' : 'refused' }
}

/** Not now. Before a reader is named it concerns the server; after that, this reader, unless the reply says otherwise. */
function deferral(refusal: Refusal, about: RefusalAbout): PutOff {
  const { command, reply } = refusal
  const ofReader = (command === 'RCPT TO' || command === 'DATA') && !saysServer(refusal, about)
  return { kind: 'retry', reply, reason: 'deferred', about: ofReader ? 'reader' : 'us' }
}

/** Too fast. A limit of one mailbox is the reader's, and the reply does not always say so. */
function rateLimited(reply: string): PutOff {
  const ofOne = /mailbox unavailable|recipient|收件/i.test(reply)
  return { kind: 'retry', reply, reason: 'rate-limited', ...(ofOne ? {} : { about: 'us' }) }
}

/** The server closes the connection, or cannot relay for us now. */
const SERVER_CODES = [421, 454]

/** Greylisting is 4.7.1 and concerns one reader, so only words about us, or the relay's own state, concern all. */
function saysServer({ code, reply }: Refusal, about: RefusalAbout): boolean {
  if (spokenAbout(reply, true) === 'us') return true
  if (about === 'reader') return false
  if (SERVER_CODES.includes(code) || speaksOfServer(reply)) return true
  return about === 'us' && enhancedStatusIn(reply)?.subject === 3
}

/** The fate without a code: the connection broke, time ran out, or the mail was never transmitted. */
function fateWithoutReply(error: SmtpError, handedOver: boolean, reply: string): Fate {
  if (error.code === 'EAUTH' || error.code === 'ENOAUTH') return { kind: 'halt', reply, reason: 'login' }
  if (error.code === 'ECONFIG') return { kind: 'halt', reply, reason: 'sender' }
  if (error.code === 'EENVELOPE') return { kind: 'failed', reply, about: 'reader' }
  if (error.code === 'EMESSAGE' || error.code === 'ESTREAM') return { kind: 'failed', reply, about: 'mail' }
  return handedOver ? { kind: 'unknown', reply } : { kind: 'retry', reply, reason: 'connection', about: 'us' }
}

/** Makes a reply one line of bounded length, for a row and a page. */
export function tidy(reply: string): string {
  return reply
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 500)
}
