import { limitDays, ruleFor } from '../../domain/escalation/policy.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import { type Day, dayOf, type Instant } from '../../domain/time/days.ts'
import { dueFromWorkingDays } from '../../domain/time/limits.ts'
import type { Wrong } from '../../kinds/kind.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { rectification } from '../../kinds/rectification.ts'
import { newId } from '../../db/ids.ts'
import type { Sql } from '../../db/pool.ts'
import { obligations } from '../../db/schema/index.ts'
import { columns, type RowsOf, selectRow } from '../../db/select-columns.ts'
import { readFacts } from '../obligations/facts.ts'
import { recordFollowing } from '../obligations/followings.ts'
import { type Office, officesUnder } from '../people/offices.ts'
import { readCalendar } from '../schedule/calendar.ts'
import { currentPolicy } from '../schedule/policies.ts'
import type { Keyring } from '../vault/encryption.ts'
import { basedOn, lastDayOfProblems } from './last-day.ts'
import { type ProblemOrder, registerProblems } from './register.ts'

const ACCEPTED = columns(obligations, 'o', ['id', 'kind', 'county', 'title', 'facts', 'result'])
type Accepted = RowsOf<typeof ACCEPTED>
type Acting = { obligation: string; actor: Actor; now: Instant; keys: Keyring }

/**
 * Registers what an accepted obligation found wrong as a problem of the office that did it (R18), in the transaction that accepts.
 * Accepted again after a reopening it is the same problem.
 */
export async function raiseWhatIsWrong(tx: Sql, acting: Acting): Promise<void> {
  const accepted = await selectRow(tx, ACCEPTED, 'from obligations o where id = $1', [acting.obligation])
  const wrong = accepted && wrongOf(accepted)
  if (!wrong) return
  const offices = await officesUnder(tx, accepted.county)
  const office = await officeOf(tx, wrong.of, offices)
  if (office) await raise(tx, acting, { accepted, wrong, office, offices })
}

/** Nothing is found by what was closed without a result. */
function wrongOf(accepted: Accepted): Wrong | null {
  const { result: schema, foundWrong } = kindOf(accepted.kind)
  const result = schema.safeParse(accepted.result)
  return result.success
    ? foundWrong({ facts: readFacts(accepted, accepted.facts), result: result.data })
    : null
}

async function officeOf(tx: Sql, id: string, offices: readonly Office[]): Promise<Office | undefined> {
  const found = await selectRow(
    tx,
    columns(obligations, 'o', ['office']),
    'from obligations o where id = $1',
    [id],
  )
  return offices.find(({ code }) => code === found?.office)
}

type Raised = { accepted: Accepted; wrong: Wrong; office: Office; offices: readonly Office[] }

async function raise(tx: Sql, { actor, now, keys }: Acting, raised: Raised): Promise<void> {
  const { accepted, wrong, office, offices } = raised
  const { county, id, title: found } = accepted
  const { origin, type, words } = wrong
  const order = { county, actor: actor.id, now, keys, offices, last: await lastOf(tx, county, dayOf(now)) }
  const title = rectification.title({ level: null, cause: null, facts: { origin, type } })
  const { ids, fresh } = await registerProblems(tx, order, [
    {
      ...{ once: `found|${id}`, batch: newId('pb'), office, origin, type, title, measure: '' },
      wrong: `${words}见事项 ${id}(${found})。`,
      responsible: { name: '', person: null },
      dueOn: await dueDayOf(tx, order),
    },
  ])
  if (fresh === 0) return
  await recordFollowing(tx, id, { id: ids[0]!, kind: rectification.code, title }, { actor: actor.id, now })
}

/** The end of the phase, unless it is over. */
async function lastOf(tx: Sql, county: string, today: Day): Promise<ProblemOrder['last']> {
  const found = await lastDayOfProblems(tx, county, today)
  return found && found.lastOn >= today ? basedOn(found) : null
}

/**
 * The working days that the county's rule gives. A rule that leaves the day to whoever registers says how many only for work that is
 * done again, which this is. Never after the end of the phase.
 */
async function dueDayOf(tx: Sql, { county, now, last }: ProblemOrder): Promise<Day> {
  const policy = await currentPolicy(tx, county)
  const of = { kind: rectification.code, level: null }
  const first = ruleFor(policy, { ...of, stage: 'perform' })
  const rule = 'fixedDay' in first.limit ? ruleFor(policy, { ...of, stage: 'redo' }) : first
  const { dueOn } = dueFromWorkingDays(dayOf(now), limitDays(rule, null), await readCalendar(tx))
  return last && last.lastOn < dueOn ? last.lastOn : dueOn
}
