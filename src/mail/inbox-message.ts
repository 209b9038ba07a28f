import { simpleParser } from 'mailparser'

/**
 * A mail as the list shows it. `round` is the ISO instant at which its digest was due; null for a foreign mail. `reader`: office and name of
 * whom a digest is for; null for others.
 */
export type InboxEntry = {
  id: string
  receivedAt: string
  from: string
  to: string
  reader: string | null
  subject: string
  messageId: string
  round: string | null
}

/** One mail with its bodies. `headers` are as written, one each; `raw` is the whole file. */
export type InboxMail = InboxEntry & { headers: string[]; text: string; html: string; raw: string }

export type Arrival = { from: string; to: string[]; receivedAt: Date }

/** The lines a receiving server puts before a mail: envelope and time. The file then explains itself. */
export function traceLines({ from, to, receivedAt }: Arrival): string {
  return [
    `Return-Path: <${from}>`,
    `Delivered-To: ${to.join(', ')}`,
    `X-Received-At: ${receivedAt.toISOString()}`,
    '',
  ].join('\r\n')
}

export async function readMail(id: string, raw: Buffer): Promise<InboxMail> {
  const parsed = await parse(raw)
  return {
    ...entryOf(id, parsed),
    headers: parsed.headerLines.map((h) => h.line),
    text: parsed.text ?? '',
    html: parsed.html || '',
    raw: raw.toString('utf8'),
  }
}

/** Reads only the headers, since a list needs no bodies. */
export async function readEntry(id: string, raw: Buffer): Promise<InboxEntry> {
  const end = raw.indexOf('\r\n\r\n')
  return entryOf(id, await parse(end < 0 ? raw : raw.subarray(0, end + 4)))
}

function parse(raw: Buffer) {
  return simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true })
}

type Parsed = Awaited<ReturnType<typeof parse>>

function entryOf(id: string, parsed: Parsed): InboxEntry {
  return {
    id,
    receivedAt: headerValue(parsed, 'x-received-at'),
    from: parsed.from?.text ?? '',
    to: headerValue(parsed, 'delivered-to'),
    reader: readerIn(headerValue(parsed, 'x-duban-reader')),
    subject: parsed.subject ?? '',
    messageId: parsed.messageId ?? '',
    round: headerValue(parsed, 'x-duban-round') || null,
  }
}

/** Anybody may send a mail here: what is no name of ours is none. */
function readerIn(encoded: string): string | null {
  try {
    return decodeURIComponent(encoded) || null
  } catch {
    return null
  }
}

/** The first header of that name, as written. The first one is the inbox's own. */
function headerValue(parsed: Parsed, key: string): string {
  const found = parsed.headerLines.find((h) => h.key === key)
  return found ? found.line.slice(found.line.indexOf(':') + 1).trim() : ''
}
