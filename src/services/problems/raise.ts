import { limitDays, NO_CATEGORY, ruleFor } from '../../domain/escalation/policy.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import { type Day, dayOf, type Instant } from '../../domain/time/days.ts'
import { dueFromWorkingDays } from '../../domain/time/limits.ts'
import type { Wrong, WrongOf } from '../../kinds/kind.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { mergeTexts } from '../../kinds/result-texts.ts'
import { rectification } from '../../kinds/rectification.ts'
import { newId } from '../../db/ids.ts'
import type { Sql } from '../../db/pool.ts'
import { obligations } from '../../db/schema/index.ts'
import { columns, type RowsOf, selectRow } from '../../db/select-columns.ts'
import { readFacts } from '../obligations/facts.ts'
import { recordFollowing } from '../obligations/followings.ts'
import { resultTextsOf } from '../obligations/result-texts.ts'
import { type Office, officesUnder } from '../people/offices.ts'
import { readCountyCalendar } from '../schedule/calendar.ts'
import { currentPolicy } from '../schedule/policies.ts'
import { blindIndex, type Keyring } from '../vault/encryption.ts'
import { basedOn, lockLastDayOfProblems } from './last-day.ts'
import { type ProblemOrder, registerProblems } from './register.ts'

const ACCEPTED = columns(obligations, 'o', ['id', 'kind', 'county', 'office', 'title', 'facts', 'result'])
type Accepted = RowsOf<typeof ACCEPTED>
type Acting = { obligation: string; actor: Actor; now: Instant; keys: Keyring }

/**
 * Registers what an accepted obligation found wrong (R12, R18) as problems of the office whose work it is, in the transaction that
 * accepts. Accepted again after a reopening they are the same problems.
 */
export async function raiseWhatIsWrong(tx: Sql, acting: Acting): Promise<void> {
  const accepted = await selectRow(tx, ACCEPTED, 'from obligations o where id = $1', [acting.obligation])
  const wrongs = accepted ? await wrongsOf(tx, acting.keys, accepted) : []
  if (!accepted || wrongs.length === 0) return
  const offices = await officesUnder(tx, accepted.county)
  for (const wrong of wrongs) {
    const office = await officeOf(tx, accepted, wrong.of, offices)
    if (office) await raise(tx, acting, { accepted, wrong, office, offices })
  }
}

/** Nothing is found by what was closed without a result. What was found in words stands apart, encrypted. */
async function wrongsOf(tx: Sql, keys: Keyring, accepted: Accepted): Promise<Wrong[]> {
  const { result: schema, foundWrong } = kindOf(accepted.kind)
  if (accepted.result === null) return []
  const result = schema.safeParse(mergeTexts(accepted.result, await resultTextsOf(tx, keys, accepted.id)))
  return result.success ? foundWrong({ facts: readFacts(accepted, accepted.facts), result: result.data }) : []
}

async function officeOf(
  tx: Sql,
  { office: own }: Accepted,
  of: WrongOf,
  offices: readonly Office[],
): Promise<Office | undefined> {
  const wanted = of === 'own' ? own : 'office' in of ? of.office : await officeOfObligation(tx, of.obligation)
  return offices.find(({ code }) => code === wanted)
}

async function officeOfObligation(tx: Sql, id: string): Promise<string | undefined> {
  const one = 'from obligations o where id = $1'
  return (await selectRow(tx, columns(obligations, 'o', ['office']), one, [id]))?.office
}

type Raised = { accepted: Accepted; wrong: Wrong; office: Office; offices: readonly Office[] }

async function raise(tx: Sql, { actor, now, keys }: Acting, raised: Raised): Promise<void> {
  const { accepted, wrong, office, offices } = raised
  const { county, id, title: found } = accepted
  const { origin, type, words, finding } = wrong
  const order = { county, actor: actor.id, now, keys, offices, last: await lastOf(tx, county, dayOf(now)) }
  const title = rectification.title({ level: null, cause: null, facts: { origin, type } })
  const once = onceOf(keys, id, wrong)
  const { ids, fresh } = await registerProblems(tx, order, [
    {
      ...{ once, batch: newId('pb'), office, origin, type, title, measure: '', foundBy: id, finding },
      wrong: `${words}见事项 ${id}(${found})。`,
      responsible: { name: '', person: null },
      dueOn: await dueDayOf(tx, order),
    },
  ])
  if (fresh === 0) return moveFinding(tx, ids[0]!, finding)
  await recordFollowing(tx, id, { id: ids[0]!, kind: rectification.code, title }, { actor: actor.id, now })
}

/** Findings may come in another order, or others between them, when they are handed in again: their words tell them apart. */
function onceOf(keys: Keyring, id: string, { sameAs }: Wrong): string {
  if (sameAs === null) return `found|${id}`
  return `found|${id}|${blindIndex(keys, 'content', sameAs)?.toString('hex')}`
}

/** A finding that was known stands where the list has it now. */
async function moveFinding(tx: Sql, problem: string, finding: number | null): Promise<void> {
  await tx.query('update problems set finding = $2 where obligation = $1', [problem, finding])
}

/** The end of the phase, unless it is over. */
async function lastOf(tx: Sql, county: string, today: Day): Promise<ProblemOrder['last']> {
  const found = await lockLastDayOfProblems(tx, county, today)
  return found && found.lastOn >= today ? basedOn(found) : null
}

/**
 * The working days that the county's rule gives. A rule that leaves the day to whoever registers says how many only for work that is
 * done again, which this is. Never after the end of the phase.
 */
async function dueDayOf(tx: Sql, { county, now, last }: ProblemOrder): Promise<Day> {
  const policy = await currentPolicy(tx, county)
  const of = { kind: rectification.code, level: null, ...NO_CATEGORY }
  const first = ruleFor(policy, { ...of, stage: 'perform' })
  const rule = 'fixedDay' in first.limit ? ruleFor(policy, { ...of, stage: 'redo' }) : first
  const { dueOn } = dueFromWorkingDays(
    dayOf(now),
    limitDays(rule, null),
    await readCountyCalendar(tx, county),
  )
  return last && last.lastOn < dueOn ? last.lastOn : dueOn
}
