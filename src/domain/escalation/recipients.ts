import type { Instant } from '../time/days.ts'
import type { Audience } from './moments.ts'
import type { Directory } from './directory.ts'
import type { Rule } from './policy.ts'
import { passUpwards, type Vacancy } from './vacant-rung.ts'

export type Recipient = { personId: string; audience: Audience; passedOn: boolean }

/** Who is told at the moment of firing. A person on several rungs is told once. */
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
    const { people, reached, vacancy } = passUpwards(audience, rule, held, directory, now)
    if (vacancy) vacant.push(vacancy)
    for (const personId of people)
      recipients.set(personId, { personId, audience: reached, passedOn: vacancy !== null })
  }
  return { recipients: [...recipients.values()], vacant }
}
