import { beijingText, dayOf, type Instant } from '../domain/time/days.ts'
import { STREAM_LABELS, type Stream } from '../domain/audit/chain.ts'
import { PALETTE } from './palette.ts'
import { template } from './templates.ts'

export type AuditHeadInput = {
  name: string
  heads: { stream: Stream; number: number; mac: Buffer; sealedWall: Instant }[]
  at: Instant
  contact: string
  /** No mail really leaves, and the mail says so. */
  trial: boolean
}
type View = {
  colours: typeof PALETTE
  name: string
  heads: { label: string; number: number; sealed: string; mac: string }[]
  commands: string[]
  at: string
  contact: string
  trial: boolean
}

const asHtml = template<View>('audit-head.html.hbs')
const asText = template<View>('audit-head.text.hbs')

/**
 * The day's heads, mailed to an auditor. Kept outside the database, they show if the trail is cut off or
 * rewritten.
 */
export function composeAuditHead(input: AuditHeadInput): { subject: string; text: string; html: string } {
  const heads = input.heads.map(({ stream, number, mac, sealedWall }) => ({
    label: STREAM_LABELS[stream],
    number,
    sealed: beijingText(sealedWall),
    mac: mac.toString('hex'),
    command: `npm run duban -- audit verify --head ${stream}:${number}:${mac.toString('hex')}`,
  }))
  const view: View = {
    colours: PALETTE,
    name: input.name.replace(/[\s\p{Cc}]+/gu, ' ').trim(),
    heads,
    commands: heads.map((h) => h.command),
    at: beijingText(input.at),
    contact: input.contact,
    trial: input.trial,
  }
  return { subject: `【督办】审计封存 ${dayOf(input.at)}`, text: asText(view), html: asHtml(view) }
}
