import { overdueUrl } from './digest-links.ts'
import { things } from './digest-order.ts'
import { countedParts, firstOf, isLate, isLateWork } from './digest-parts.ts'
import { askedPosts } from './digest-people.ts'
import { acceptedFacts } from './digest-subject.ts'
import type { DigestInput } from './digest-types.ts'
import { flat } from './flat.ts'

/** Something the reader is to do, and where. `button` is empty for what nobody has to do. */
export type Task = { words: string; button: string; url: string }

/** What somebody else sees to first, what the reader only knows of, and what is done. */
export function knownTasks(input: DigestInput): Task[] {
  const { standBy, know } = countedParts(input)
  const [first] = standBy
  const known = [
    ...(first ? [`${things(standBy)} 件由${flat(firstOf(first)!.name)}先督促,您一并知晓`] : []),
    ...(know.length > 0 ? [`${things(know)} 件已请${askedPosts(know)}督促,您知晓即可`] : []),
    ...countyWords(input),
  ].map((words) => ({ words, button: '查看全县逾期', url: overdueUrl(input) }))
  const done = acceptedFacts(input.sections).join(',')
  const corrections =
    input.corrections.length > 0 ? [`${input.corrections.length} 条更正和变动,您知晓即可`] : []
  const toKnow = [...(done === '' ? [] : [done]), ...corrections]
  return [...known, ...toKnow.map((words) => ({ words, button: '', url: '' }))]
}

/** The whole, of which the late work named before it is a part; nothing where that is all of it. */
function countyWords(input: DigestInput): string[] {
  const { county, own } = input.standing
  const { press, standBy, know } = countedParts(input)
  const named = [...press, ...standBy, ...know]
  const asked = input.asked.items.length + input.asked.more
  const counted = things(named.filter(isLateWork)) + (own?.late.count ?? 0) + asked
  if (!county || county.late.count <= counted) return []
  if (counted === 0) return [`全县逾期 ${county.late.count} 件`]
  // A late review is named before as well, and the county does not count it.
  const which = named.some((e) => isLate(e) && !isLateWork(e)) ? '办理' : ''
  return [`全县共逾期 ${county.late.count} 件(含以上${which}逾期的)`]
}
