import type { FastifyRequest } from 'fastify'
import type { Consistency, ConsistencyProblems } from '../../contract/api/consistency.ts'
import { consistencyDocuments as documents } from '../../contract/routes/consistency.ts'
import { CONSISTENCY_LABELS, CONSISTENCY_RULES } from '../../domain/obligation/consistency.ts'
import { codesOf } from '../../domain/obligation/vocabulary.ts'
import { keyInCapitals } from '../../domain/obligation/warning-key.ts'
import { newId } from '../../db/ids.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { CLOSED } from '../../services/obligations/closed-states.ts'
import { findingsOf } from '../../services/imports/consistency.ts'
import { type Finding, TooManyFindings } from '../../services/imports/finding.ts'
import { type ImportRow, lockImport } from '../../services/imports/store.ts'
import { officesUnder } from '../../services/people/offices.ts'
import { type NewProblem, problemKey, registerProblems } from '../../services/problems/register.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { actorOf, mustReach } from '../plugins/actor.ts'
import { mustHold } from '../plugins/must-hold.ts'
import { problemGround } from '../problems/ground.ts'
import { findImport } from './find-import.ts'

type Placed = Finding & { office: string }

/** A fresh export of the platform held against the ledger, by the five kinds of the notice (R11). */
export function consistencyRoutes(app: Routes, { keys }: ApiDeps): void {
  route(app, documents.getConsistency, async (request) => {
    const one = await findImport(request.db, request.params.id)
    const findings = isChecked(one) ? await checkedFindings(request.db, keys, one) : []
    return { comparable: isChecked(one), ...(await show(request.db, one, findings)) }
  })

  route(app, documents.raiseConsistencyProblems, async (request, reply) =>
    reply.code(201).send({ items: await raiseAll(request, keys) }),
  )
}

/** Until it is registered, a file says what the ledger does not. */
function isChecked({ state }: ImportRow): boolean {
  return state === 'validated'
}

/** @throws ApiError 409 for a file that is not checked, or registered by now; 422 for one that is another ledger */
async function checkedFindings(sql: Sql, keys: Keyring, one: ImportRow): Promise<Finding[]> {
  if (!isChecked(one))
    throw new ApiError(409, `not-while-${one.state}`, '检查完毕、还没有登记的文件,才能和台账核对。')
  return findingsOf(sql, keys, one).catch((error: unknown) => {
    if (!(error instanceof TooManyFindings)) throw error
    const detail = `不同的超过 ${error.most} 处,像是还没有登记过的文件;请先登记,以后的文件再核对。`
    throw new ApiError(422, 'too-many', detail, [], {}, { most: error.most })
  })
}

async function show(
  sql: Sql,
  { id, county }: ImportRow,
  findings: readonly Finding[],
): Promise<Omit<Consistency, 'comparable'>> {
  const names = new Map((await officesUnder(sql, county)).map(({ code, name }) => [code, name]))
  const raised = await raisedBefore(sql, id, findings.filter(isPlaced))
  return {
    counts: codesOf(CONSISTENCY_LABELS).map((code) => ({
      ...{ code, label: CONSISTENCY_LABELS[code], rule: CONSISTENCY_RULES[code] },
      count: findings.filter((finding) => finding.code === code).length,
    })),
    items: findings.map(({ office, about: _about, willRegister = false, ...finding }) => ({
      ...{ ...finding, willRegister },
      label: CONSISTENCY_LABELS[finding.code],
      office: office === null ? null : { code: office, name: names.get(office) ?? office },
      problem: raised.get(finding.key)?.problem ?? null,
    })),
    nextCursor: null,
  }
}

type Raised = { once: string; problem: string | null }

/**
 * What makes the problem of each finding the same again, and the one in hand that was registered of it. A problem that is over, struck off or
 * cancelled, stands in the way of no later one: what follows upon it is told by its id.
 */
async function raisedBefore(sql: Sql, id: string, placed: readonly Placed[]): Promise<Map<string, Raised>> {
  const raised = new Map<string, Raised>()
  for (let asked = placed.map((finding) => ({ finding, once: onceOf(id, finding) })); asked.length > 0;) {
    const known = await rows<{ id: string; key: string; over: boolean }>(
      sql,
      `select id, key, state in (${CLOSED}) as over from obligations where key = any($1)`,
      [asked.map(({ finding, once }) => problemKey(once, finding.office))],
    )
    const byKey = new Map(known.map((one) => [one.key, one]))
    asked = asked.flatMap(({ finding, once }) => {
      const found = byKey.get(problemKey(once, finding.office))
      if (found?.over) return [{ finding, once: `${onceOf(id, finding)}|${found.id}` }]
      raised.set(finding.key, { once, problem: found?.id ?? null })
      return []
    })
  }
  return raised
}

type Raising = FastifyRequest<{ Params: { id: string }; Body: ConsistencyProblems }>

/** All of them or none. @throws ApiError 403, 404, 409 or 422 */
function raiseAll(request: Raising, keys: Keyring) {
  const { findings: wanted, dueOn, measure = '' } = request.body
  return request.db.transaction(async (tx, note) => {
    // Nobody registers the file meanwhile: what differs now is what becomes a problem.
    const one = await lockImport(tx, request.params.id)
    if (!one) throw notFound('导入')
    // Whoever makes problems of what differs has to be somebody who may see it.
    mustHold(actorOf(request), 'imports:read')
    note.action = 'problem.register'
    note.county = one.county
    const chosen = choose(await checkedFindings(tx, keys, one), wanted)
    const offices = await officesUnder(tx, one.county)
    const { order, dueRefusal } = await problemGround(request, tx, { county: one.county, offices, keys })
    const wrongDay = dueRefusal(dueOn)
    if (wrongDay !== null)
      throw new ApiError(422, 'bad-day', wrongDay, [{ pointer: '/body/dueOn', message: wrongDay }])
    const raised = await raisedBefore(tx, one.id, chosen)
    const batch = newId('pb')
    const list = chosen.map((finding): NewProblem => {
      const office = offices.find(({ code }) => code === finding.office)!
      mustReach(request, 'obligations:register', office.code)
      return {
        ...{
          once: raised.get(finding.key)!.once,
          batch,
          office,
          origin: 'data-check',
          type: 'other',
          title: '',
        },
        ...{ wrong: wrongWords(one, finding), measure, responsible: { name: '', person: null }, dueOn },
      }
    })
    const { ids, fresh } = await registerProblems(tx, order, list)
    note.detail = { import: one.id, problems: fresh }
    return list.map(({ office: { code, name } }, i) => ({
      ...{ key: chosen[i]!.key, problem: ids[i]!, office: { code, name } },
    }))
  })
}

/** @throws ApiError 422 that points to each that is none, or has no office to put it right */
function choose(findings: readonly Finding[], wanted: readonly string[]): Placed[] {
  const byKey = new Map(findings.map((finding) => [finding.key, finding]))
  const errors = wanted.flatMap((key, nth) => {
    const finding = byKey.get(key)
    if (finding && isPlaced(finding)) return []
    const message = finding ? '这一处没有单位,不能登记' : '核对结果中没有这一处,请刷新后重选'
    return [{ pointer: `/body/findings/${nth}`, message }]
  })
  if (errors.length > 0)
    throw new ApiError(422, 'bad-request', '有的不能登记为问题,请按所列的去掉后再登记。', errors)
  return [...new Set(wanted)].map((key) => byKey.get(key) as Placed)
}

function isPlaced(finding: Finding): finding is Placed {
  return finding.office !== null
}

/**
 * The same difference is the same in tomorrow's file: it is told by its item or number, its code and what of it differs. By the row of
 * this file alone where neither is known.
 */
function onceOf(id: string, { key, code, obligation, externalId, about }: Finding): string {
  const item = obligation ?? (externalId === null ? null : keyInCapitals(externalId))
  return `consistency|${item === null ? `${id}|${key}` : `${item}|${code}|${about}`}`
}

function wrongWords({ id }: ImportRow, { code, row, externalId, obligation, what }: Finding): string {
  const number = externalId === null ? '' : `预警 ${externalId},`
  const line = row === null ? '' : `第 ${row} 行`
  const item = obligation === null ? '' : `,见事项 ${obligation}`
  return `数据核对“${CONSISTENCY_LABELS[code]}”:${number}${what}(导入 ${id} ${line}${item})。`
}
