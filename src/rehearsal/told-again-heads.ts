import { beijingText, type Instant } from '../domain/time/days.ts'
import { againIn, pressHeading } from './again-words.ts'
import type { StoryTurn } from './expected-history.ts'
import { isLate, isOpen } from './expected-standing.ts'
import type { People } from './people.ts'
import { isPerformed } from './policy-table.ts'
import type { Acceptance } from './sink.ts'

/**
 * What the letters of whoever heads a town say that they tell again, against what was late there when the letter before was written.
 * Only of those who head it alone and do nothing else: of two, the first presses.
 * @param mails in the order of acceptance
 * @returns one sentence for each letter that says another number; one where a whole year told nothing again
 */
export function headFaults(
  mails: readonly Acceptance[],
  turns: readonly StoryTurn[],
  isYear: boolean,
  people: People,
): string[] {
  let again = 0
  const faults = headingAlone(people).flatMap(({ email, offices }) => {
    const mine = turns.filter((turn) => offices.includes(turn.office) && isPressed(turn))
    const lateAt = (at: Instant) => mine.filter((turn) => isOpen(turn, at) && isLate(turn, at))
    let before: ReadonlySet<string> = new Set()
    return mails.flatMap((mail) => {
      if (mail.to !== email) return []
      const late = lateAt(mail.acceptedAt).map(keyOf)
      const expected = late.filter((key) => before.has(key)).length
      before = new Set(late)
      const said = pressHeading(mail)
      if (said === null) return []
      again += expected
      if (againIn(said) === expected) return []
      return [`${email} ${beijingText(mail.acceptedAt)} 信中“${said[0]}”,上一封信已说过的应为 ${expected} 件`]
    })
  })
  return again === 0 && isYear
    ? [...faults, '整年没有一封镇分管领导的信再次说起逾期事项,新增和再次无从核对']
    : faults
}

function headingAlone({ everybody, postsOf }: People): { email: string; offices: string[] }[] {
  const readers = everybody.map((email) => ({ email, posts: postsOf(email) }))
  const heads = readers.filter(({ posts }) => posts.every(({ role }) => role === 'town-head'))
  const headsOf = (office: string) =>
    readers.filter(({ posts }) => posts.some((post) => post.role === 'town-head' && post.office === office))
  return heads
    .map(({ email, posts }) => ({ email, offices: posts.map(({ office }) => office) }))
    .filter(({ offices }) => offices.length > 0 && offices.every((office) => headsOf(office).length === 1))
}

/** A head presses what is performed in the town, and the answers that it owes. */
function isPressed(turn: StoryTurn): boolean {
  return isPerformed(turn) || turn.stage === 'extension' || turn.stage === 'hand-over'
}

/** The same obligation, behind whichever deadline and in whichever turn; an answer is something else. */
function keyOf(turn: StoryTurn): string {
  return `${isPerformed(turn) ? '' : turn.stage} ${turn.item}`
}
