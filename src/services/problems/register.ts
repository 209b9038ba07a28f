import type { ProblemOrigin, ProblemType } from '../../domain/obligation/problem-words.ts'
import type { Day, Instant } from '../../domain/time/days.ts'
import { dayOf } from '../../domain/time/days.ts'
import { rectification } from '../../kinds/rectification.ts'
import { newId } from '../../db/ids.ts'
import { insertRows } from '../../db/insert-rows.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { problems } from '../../db/schema/index.ts'
import { openRegistrar, type Registrar, type Registration } from '../obligations/register.ts'
import { reviewerOf } from '../obligations/reviewer.ts'
import type { Office } from '../people/offices.ts'
import type { Keyring } from '../vault/encryption.ts'
import { encryptProblem } from './content.ts'

/** One problem of one office. */
export type NewProblem = {
  /** What makes it the same again when a request is repeated. */
  once: string
  batch: string
  office: Office
  origin: ProblemOrigin
  type: ProblemType
  title: string
  wrong: string
  measure: string
  /** A name, and the person of the office whose name it is. */
  responsible: { name: string; person: string | null }
  dueOn: Day
  /** What found it, and the place of the finding in its list. */
  foundBy?: string
  finding?: number | null
}
export type ProblemOrder = {
  county: string
  actor: string
  now: Instant
  keys: Keyring
  offices: readonly Office[]
  /** The last day, with the document and clause that fix it; null where no campaign runs. */
  last: { lastOn: Day; basis: string } | null
}

/** The ids of all in their order, and how many of them were not there before. */
export type RegisteredProblems = { ids: string[]; fresh: number }

const BATCH = 1_000

/** Registers problems as obligations, with the words about each. What is there already is left as it is. */
export async function registerProblems(
  tx: Sql,
  order: ProblemOrder,
  list: readonly NewProblem[],
): Promise<RegisteredProblems> {
  const { county, actor, now } = order
  const registrar = await openRegistrar(tx, { county, actor, now })
  const registered: RegisteredProblems = { ids: [], fresh: 0 }
  for (let at = 0; at < list.length; at += BATCH) {
    const { ids, fresh } = await registerBatch(tx, order, registrar, list.slice(at, at + BATCH))
    registered.ids.push(...ids)
    registered.fresh += fresh
  }
  return registered
}

async function registerBatch(
  tx: Sql,
  order: ProblemOrder,
  registrar: Registrar,
  list: readonly NewProblem[],
): Promise<RegisteredProblems> {
  const { county } = order
  const registrations = list.map((problem) => registrationOf(problem, order))
  await registrar.add(registrations)
  const made = await idsOf(tx, registrations)
  const words = list.flatMap(({ batch, wrong, measure, responsible, foundBy = null, finding = null }, i) => {
    const { id, key } = registrations[i]!
    if (made.get(key) !== id) return []
    return [
      {
        ...{ obligation: id, batch, foundBy, finding },
        ...encryptProblem(order.keys, id, { wrong, measure, responsible: responsible.name }),
      },
    ]
  })
  await insertRows(tx, problems, words, { constant: { county } })
  return { ids: registrations.map(({ key }) => made.get(key)!), fresh: words.length }
}

async function idsOf(tx: Sql, registrations: readonly Registration[]): Promise<Map<string, string>> {
  const found = await rows<{ id: string; key: string }>(
    tx,
    'select id, key from obligations where key = any($1)',
    [registrations.map(({ key }) => key)],
  )
  return new Map(found.map(({ id, key }) => [key, id]))
}

/** What makes a problem of an office the same again. */
export function problemKey(once: string, office: string): string {
  return `problem|${once}|${office}`
}

function registrationOf(problem: NewProblem, { now, offices, last }: ProblemOrder): Registration {
  const { office, origin, type, title, responsible, dueOn, once } = problem
  const { person } = responsible
  const facts = { origin, type, ...(person === null ? {} : { responsible: person }) }
  return {
    ...{ id: newId('ob'), key: problemKey(once, office.code), externalId: null, facts },
    kind: rectification.code,
    title: title === '' ? rectification.title({ level: null, cause: null, facts }) : title,
    phase: rectification.phase,
    office: office.code,
    reviewer: reviewerOf(office, offices),
    ...{ level: null, cause: null, group: null, source: null, importId: null, contentHash: null },
    ...{
      issuedAt: now,
      startOn: dayOf(now),
      fixedDueOn: dueOn,
      basis: last?.lastOn === dueOn ? last.basis : null,
      subject: null,
    },
  }
}
