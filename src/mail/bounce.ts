import { type ParsedMail, simpleParser } from 'mailparser'
import { tidy } from './classify.ts'

/** What a bounce says of one mail (RFC 3464). `status` is an enhanced status code such as `5.1.1`. */
export type Bounce = {
  messageId: string | null
  recipient: string | null
  outcome: BounceOutcome
  text: string
}
/** `failed`: it came back for good. `delayed`: the relay goes on trying. `arrived`: it was delivered or passed on. */
export type BounceOutcome = 'failed' | 'delayed' | 'arrived'

/**
 * Reads a bounce as relays send it: the returned headers name our mail, the delivery status says what became of it.
 * @returns null for what is no delivery status, such as an automatic answer of somebody on leave
 */
export async function readBounce(raw: string): Promise<Bounce | null> {
  const parsed = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true })
  const returned = parsed.attachments.map(({ content }) => content.toString('latin1'))
  const status = unfold([parsed.text ?? '', ...returned].join('\n\n'))
  const [action, code] = [fieldIn(status, 'Action'), fieldIn(status, 'Status')]
  if (action === null && code === null) return null
  return {
    messageId: messageIdIn(returned.map(unfold)) ?? messageIdIn([status]) ?? repliedTo(parsed),
    recipient: fieldIn(status, 'Final-Recipient')?.replace(/^[^;]*;\s*/, '') ?? null,
    outcome: outcomeOf(action, code),
    text: tidy([code, fieldIn(status, 'Diagnostic-Code')].filter(Boolean).join(' ')),
  }
}

/** What a status code alone says; without one it failed, since relays report little else. */
export function outcomeOf(action: string | null, status: string | null): BounceOutcome {
  const said = action?.toLowerCase().split(/[\s(]/)[0]
  if (said === 'delayed' || (!said && status?.startsWith('4.'))) return 'delayed'
  const arrived = ['delivered', 'relayed', 'expanded'].includes(said ?? '')
  return arrived || (!said && status?.startsWith('2.')) ? 'arrived' : 'failed'
}

/** A Message-ID with its angle brackets, as mails keep it. */
export function bracketed(messageId: string): string {
  return `<${messageId.trim().replace(/^<|>$/g, '')}>`
}

function fieldIn(text: string, name: string): string | null {
  return new RegExp(`^${name}:[ \\t]*(.+)$`, 'im').exec(text)?.[1]?.trim() ?? null
}

/** The first of several texts that names one. */
function messageIdIn(texts: readonly string[]): string | null {
  const found = texts.flatMap(
    (text) => fieldIn(text, '(?:X-)?(?:Original-)?Message-ID')?.match(/<[^<>\s]+>/)?.[0] ?? [],
  )
  return found[0] ?? null
}

/** Some relays return no headers and answer to our mail instead. */
function repliedTo({ inReplyTo }: ParsedMail): string | null {
  return inReplyTo?.match(/<[^<>\s]+>/)?.[0] ?? null
}

/** A field may go on in the next line. */
function unfold(text: string): string {
  return text.replace(/\r?\n[ \t]+/g, ' ').replaceAll('\r\n', '\n')
}
