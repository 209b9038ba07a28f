import { againIn, pressHeading } from './again-words.ts'
import { groupBy } from '../domain/grouping.ts'
import { beijingText, type Instant, MS_PER_DAY } from '../domain/time/days.ts'
import { deadlineOf, linesByDeadline, type OwedLine } from './expectation.ts'
import { openAt, type World } from './expected-decisions.ts'
import type { StoryTurn } from './expected-history.ts'
import { isLate } from './expected-standing.ts'
import { headFaults } from './told-again-heads.ts'
import type { People } from './people.ts'
import type { Acceptance } from './sink.ts'

/** Posts that oversee the county: what they are to press is told apart by what is new and what is told again. */
const OVERSEEING = ['relief-centre', 'bureau-leader']
const ASKS = ['escalation', 'passed-on']
const YEAR_MS = 360 * MS_PER_DAY

/** A turn that somebody was told of, behind whichever deadline it has stood. */
type Pressed = { turn: StoryTurn; lines: readonly OwedLine[] }

/**
 * What the letters of whoever oversees the county say that they tell again, against what the story had asked them by then; of heads see
 * told-again-heads.ts. Only of those who share their post with nobody: of two, the first presses, and the story does not know who that is.
 * @returns one sentence for each letter that says another number; one where a whole year told nothing again, so that nothing was compared
 */
export function againFaults(
  mails: readonly Acceptance[],
  turns: readonly StoryTurn[],
  span: { start: Instant; until: Instant },
  world: World,
): string[] {
  const lines = linesByDeadline(turns, world)
  let again = 0
  const faults = pressingAlone(world.people).flatMap((to) => {
    const pressed = pressedOf(to, turns, lines)
    return mails.flatMap((mail) => {
      const said = mail.to === to ? pressHeading(mail) : null
      if (said === null) return []
      const expected = pressed.filter((one) => isToldAgain(one, mail.acceptedAt)).length
      again += expected
      if (againIn(said) === expected) return []
      return [`${to} ${beijingText(mail.acceptedAt)} 信中“${said[0]}”,再次督促的应为 ${expected} 件`]
    })
  })
  const isYear = span.until - span.start >= YEAR_MS
  const nothing = again === 0 && isYear ? ['整年没有一件应再次督促的,新增和再次无从核对'] : []
  return [...faults, ...nothing, ...headFaults(mails, turns, isYear, world.people)]
}

/** Of whoever heads a town besides, nothing is told apart. */
function pressingAlone(people: People): string[] {
  const rolesOf = (email: string) => people.postsOf(email).map(({ role }) => role)
  const sole = (role: string) => people.everybody.filter((email) => rolesOf(email).includes(role as never))
  return people.everybody.filter((email) => {
    const roles = rolesOf(email).filter((role) => OVERSEEING.includes(role))
    const isHead = rolesOf(email).includes('town-head')
    return roles.length > 0 && !isHead && roles.every((role) => sole(role).length === 1)
  })
}

function pressedOf(
  to: string,
  turns: readonly StoryTurn[],
  lines: ReadonlyMap<string, readonly OwedLine[]>,
): Pressed[] {
  const own = new Map([...lines].map(([deadline, all]) => [deadline, all.filter((line) => line.to === to)]))
  return turns
    .filter(({ stage }) => stage !== 'pause')
    .map((turn) => ({ turn, lines: chainOf(turn).flatMap((deadline) => own.get(deadline) ?? []) }))
    .filter(({ lines }) => lines.some(({ kind }) => ASKS.includes(kind)))
}

/** Behind which deadlines it has stood, before days or rules changed. */
function chainOf(turn: StoryTurn): string[] {
  return [...new Set([deadlineOf(turn), ...(turn.before ? chainOf(turn.before) : [])])]
}

/** Late still, asked in an earlier round, and since then told to nobody above. */
function isToldAgain({ turn, lines }: Pressed, at: Instant): boolean {
  if (openAt([turn], at).length === 0 || !isLate(turn, at)) return false
  const told = groupBy(
    lines.filter(({ round }) => round <= at),
    ({ kind }) => (ASKS.includes(kind) ? 'asked' : kind),
  )
  const copied = Math.max(-Infinity, ...(told.get('copied') ?? []).map(({ round }) => round))
  return (told.get('asked') ?? []).some(({ round }) => round < at && round > copied)
}
