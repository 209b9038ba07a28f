import { codedAbout, enhancedStatusIn } from './enhanced-status.ts'
import { spokenAbout } from './refusal-words.ts'

/**
 * Whom a refusal is about. `us`: our login, sender, address or relay, so that no mail of ours can leave. `reader`: this
 * mailbox. `mail`: what is in this mail or how large it is. `unclear`: the reply does not say.
 */
export type RefusalAbout = 'us' | 'reader' | 'mail' | 'unclear'

export type Refusal = {
  code: number
  /** `RCPT TO`, `DATA`, `MAIL FROM` …; an empty text where the transport does not know. */
  command: string
  reply: string
}

/**
 * Reads code, command and words together. Words go before codes, since relays answer 5.7.1 for everything. A code that only
 * says “policy” is about us: a relay that does not know us answers so to every reader (docs/adr/0013).
 */
export function refusalAbout({ code, command, reply }: Refusal): RefusalAbout {
  const status = enhancedStatusIn(reply)
  const coded = status ? codedAbout(status) : null
  const spoken = spokenAbout(reply, command === 'DATA')
  // A code about the reader's address is clear: words about a list or an IP beside it explain it.
  if (coded === 'reader' && status?.subject === 1 && spoken !== 'us') return 'reader'
  if (command === 'MAIL FROM') return spoken === 'mail' || coded === 'mail' || code === 552 ? 'mail' : 'us'
  return spoken ?? coded ?? plainAbout(code, command)
}

/** What a number alone says, without words and without an enhanced code. */
function plainAbout(code: number, command: string): RefusalAbout {
  if (code === 551 || code === 556) return 'reader'
  if (code === 552) return command === 'DATA' ? 'mail' : 'reader'
  if (code === 550 || (code === 554 && command === 'DATA')) return 'unclear'
  return 'us'
}

/** What two refusals have in common when they are alike: the text without addresses, numbers and marks. */
export function refusalKey(reply: string): string {
  return reply
    .toLowerCase()
    .replace(/<[^>]*>|\S+@\S+/g, '')
    .replace(/\b(?=\w*\d)\w{4,}\b/g, '')
    .replace(/[^\p{L}\p{N}.]+/gu, ' ')
    .trim()
}
