import type { SpokenAbout } from './refusal-words.ts'

/** Subject and detail of an enhanced status code: `5.1.10` is subject 1, detail 10. */
export type EnhancedStatus = { subject: number; detail: number }

/** The code a relay puts behind the number of its reply, also as qmail's `(#5.7.1)`. Versions and addresses are none. */
const CODE = /(?:^|[\s#([-])[245]\.([0-7])\.(\d{1,3})(?=$|[\s;:,)\]-])/

export function enhancedStatusIn(reply: string): EnhancedStatus | null {
  const [, subject, detail] = CODE.exec(reply) ?? []
  return subject === undefined ? null : { subject: Number(subject), detail: Number(detail) }
}

type Details = { [detail: number]: SpokenAbout | null; other: SpokenAbout | null }

/**
 * RFC 3463 and its registry (RFC 5248), with what Exchange adds: whom each code is about. `other` stands for the details that
 * are not listed, null for what does not say.
 */
const ABOUT: Record<number, Details> = {
  0: { other: null },
  // Addresses: 7 and 8 are the sender's, 9 is about what a later system could not take.
  1: { 0: null, 7: 'us', 8: 'us', 9: 'mail', other: 'reader' },
  // The mailbox. 3: longer than its owner takes; 252: we may not send under this name.
  2: { 3: 'mail', 252: 'us', other: 'reader' },
  // The mail system: the relay that answers us. 4 and 6: this mail is too large or asks too much.
  3: { 0: null, 4: 'mail', 6: 'mail', other: 'us' },
  // The way to the reader's domain. 3: the relay's own directory failed.
  4: { 0: null, 3: 'us', other: 'reader' },
  // How we speak to the relay: every mail would be refused alike.
  5: { 0: null, other: 'us' },
  6: { other: 'mail' },
  // Policy. 2: a closed list of theirs; 7, 15, 16: this mail; 13, 17, 18, 19: their account or domain; the rest of three digits
  // are Exchange's closed mailboxes and groups.
  7: {
    ...{ 2: 'reader', 13: 'reader', 17: 'reader', 18: 'reader', 19: 'reader' },
    ...{ 7: 'mail', 15: 'mail', 16: 'mail' },
    ...{ 120: 'reader', 121: 'reader', 122: 'reader', 123: 'reader', 124: 'reader', 125: 'reader' },
    ...{ 126: 'reader', 127: 'reader', 128: 'reader', 129: 'reader', 130: 'reader', 131: 'reader' },
    ...{ 132: 'reader', 133: 'reader', 134: 'reader', 135: 'reader', 136: 'reader' },
    other: 'us',
  },
}

/** Whom an enhanced status code is about; null where it does not say. */
export function codedAbout({ subject, detail }: EnhancedStatus): SpokenAbout | null {
  const details = ABOUT[subject]
  if (!details) return null
  const listed = details[detail]
  return listed === undefined ? details.other : listed
}
