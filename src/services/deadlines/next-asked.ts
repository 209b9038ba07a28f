import { planMoments } from '../../domain/escalation/moments.ts'
import { spreadOf } from '../../domain/escalation/moment-schedule.ts'
import type { Directory } from '../../domain/escalation/directory.ts'
import { ruleByCode } from '../../domain/escalation/policy.ts'
import { resolve } from '../../domain/escalation/recipients.ts'
import { ROLE_LABELS } from '../../domain/obligation/vocabulary.ts'
import type { Calendars } from '../../domain/time/calendars.ts'
import { dayOf, type Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import type { NextAsked } from '../../mail/digest-types.ts'
import type { County } from '../people/offices.ts'
import { policyById } from '../schedule/policies.ts'
import { type DeadlineRow, deadlinesById, namedMembers } from './store.ts'

type World = { home: County; directory: Directory; calendars: Calendars; now: Instant }

/**
 * Who will be asked next to press what is behind these deadlines, and on which day, by deadline: the next rung or repeat that is to
 * come, on which somebody stands today. A deadline whose ladder has no more is left out.
 */
export async function nextAsked(
  sql: Sql,
  deadlines: readonly string[],
  world: World,
): Promise<Map<string, NextAsked>> {
  if (deadlines.length === 0) return new Map()
  const found = new Map<string, NextAsked>()
  const named = await namedMembers(sql, deadlines)
  for (const deadline of await deadlinesById(sql, deadlines)) {
    const rule = ruleByCode(await policyById(sql, deadline.policy), deadline.rule)
    const next = nextOf({ ...deadline, person: named.get(deadline.id) ?? null }, rule, world)
    if (next !== null) found.set(deadline.id, next)
  }
  return found
}

function nextOf(
  deadline: DeadlineRow & { person: string | null },
  rule: ReturnType<typeof ruleByCode>,
  { home, directory, calendars, now }: World,
): NextAsked | null {
  const spreadMs = spreadOf(deadline.id)
  const { upcoming } = planMoments({
    ...deadline,
    ...{ rule, spreadMs, fired: [], calendar: calendars.of(deadline.office), hours: home.hours },
    // What is decided already and leaves later today is to come all the same.
    now: now - spreadMs,
  })
  for (const { at, audiences } of upcoming) {
    // Whoever performs it themselves is not asked to press it, as when it fires.
    const { recipients } = resolve(audiences, rule, deadline, directory, now)
    const posts = recipients.flatMap(({ audience }) =>
      audience.to === 'rung' ? audience.roles.map((role) => ROLE_LABELS[role]) : [],
    )
    if (posts.length > 0) return { on: dayOf(at), posts: [...new Set(posts)] }
  }
  return null
}
