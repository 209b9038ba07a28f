import { overdueUrl } from './digest-links.ts'
import { things } from './digest-order.ts'
import { countedParts } from './digest-parts.ts'
import { askedPosts } from './digest-people.ts'
import { pressingOf } from './digest-press-facts.ts'
import { acceptedFacts } from './digest-subject.ts'
import type { DigestInput } from './digest-types.ts'

/** Something the reader is to do, and where. `button` is empty for what nobody has to do. */
export type Task = { words: string; button: string; url: string }

/** What the reader only knows of, and what is done. */
export function knownTasks(input: DigestInput): Task[] {
  const { know } = countedParts(input)
  const known = [
    ...(know.length > 0 ? [`已请${askedPosts(know)}督促 ${things(know)} 件,您知晓即可`] : []),
    ...countyWords(input),
  ].map((words) => ({ words, button: countyButton(input), url: overdueUrl(input) }))
  const done = acceptedFacts(input.sections).join(',')
  // Some pass work on or ask for something: 现由您单位办理, 请确认该单位仍有人经办.
  const corrections = input.corrections.length > 0 ? [`请查看 ${input.corrections.length} 条更正和变动`] : []
  const toKnow = [...(done === '' ? [] : [done]), ...corrections]
  return [...known, ...toKnow.map((words) => ({ words, button: '', url: '' }))]
}

function countyButton({ standing: { county } }: DigestInput): string {
  return county && county.late.count > 0 ? `查看全县逾期 ${county.late.count} 件` : '查看全县逾期'
}

/** Where the reader presses something, the county's number stands with its table; else the mail says that nothing is to be pressed. */
function countyWords(input: DigestInput): string[] {
  const { county } = input.standing
  if (!county || county.late.count === 0 || pressingOf(input)) return []
  return [`全县逾期 ${county.late.count} 件,现在没有要您督促的`]
}
