import type { DigestInput } from './digest-types.ts'
import { subjectOf } from './digest-subject.ts'
import { digestView, type DigestView } from './digest-view.ts'
import { template } from './templates.ts'

const asHtml = template<DigestView>('digest.html.hbs')
const asText = template<DigestView>('digest.text.hbs')

/**
 * Writes one person’s digest (R20): what is asked of them first, then everything that is theirs in parts, then how things stand.
 * Both parts carry every line of `formatDigestLine` that is listed. Pure: the same input gives the same mail.
 */
export function composeDigest(input: DigestInput): { subject: string; text: string; html: string } {
  const view = digestView(input)
  return { subject: subjectOf(input), text: asText(view), html: asHtml(view) }
}
