import type { Instant } from '../time/days.ts'
import { type Audience, gravityOf } from './audience.ts'
import { type Directory, peopleFor } from './directory.ts'
import type { Rule } from './policy.ts'
import { passUpwards, type Vacancy } from './vacant-rung.ts'

export type Recipient = { personId: string; audience: Audience; passedOn: boolean }

/** Who is told at the moment of firing. A person on several rungs is told once, for the gravest reason. */
export function resolve(
  audiences: readonly Audience[],
  rule: Rule,
  held: { office: string; person: string | null },
  directory: Directory,
  now: Instant,
): { recipients: Recipient[]; vacant: Vacancy[] } {
  const recipients = new Map<string, Recipient>()
  const vacant: Vacancy[] = []
  for (const audience of audiences) {
    const { people, reached, vacancy } =
      audience.to === 'copy'
        ? { people: peopleFor(audience, held, directory, now), reached: audience, vacancy: null }
        : passUpwards(audience, rule, held, directory, now)
    if (vacancy) vacant.push(vacancy)
    for (const personId of people)
      keepGravest(recipients, { personId, audience: reached, passedOn: vacancy !== null })
  }
  return { recipients: [...recipients.values()], vacant }
}

/** Told in person rather than in another's place, where both weigh the same. */
function keepGravest(recipients: Map<string, Recipient>, recipient: Recipient): void {
  const known = recipients.get(recipient.personId)
  const more = known ? gravityOf(recipient.audience) - gravityOf(known.audience) : 1
  if (more > 0 || (more === 0 && known?.passedOn && !recipient.passedOn))
    recipients.set(recipient.personId, recipient)
}
