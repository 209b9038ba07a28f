import type { FastifyRequest } from 'fastify'
import type { NewProblem } from '../../contract/api/problems.ts'
import { hasNumberOfSomebody } from '../../domain/obligation/problem-words.ts'
import { newId } from '../../db/ids.ts'
import type { Sql } from '../../db/pool.ts'
import { counties, type Office, officesUnder } from '../../services/people/offices.ts'
import { registerProblems } from '../../services/problems/register.ts'
import { responsibleFinder } from '../../services/problems/responsible.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import { ApiError } from '../http/errors.ts'
import { actorOf, mustReach } from '../plugins/actor.ts'
import { onceOf, problemGround } from './ground.ts'

/** Registers one problem, or the same one for each of several offices: all of them or none. */
export async function createProblems(request: FastifyRequest<{ Body: NewProblem }>, keys: Keyring) {
  const { body } = request
  return request.db.transaction(async (tx, note) => {
    const { county, offices, chosen } = await placesOf(request, tx, body.offices)
    const { order, dueRefusal } = await problemGround(request, tx, { county, offices, keys })
    checkProblem(body, dueRefusal(body.dueOn))
    const [once, batch] = [onceOf(request), newId('pb')]
    const responsibleOf = await responsibleFinder(
      tx,
      chosen.map(({ code }) => code),
    )
    const { origin, type, title = '', wrong, measure = '', responsible = '', dueOn } = body
    const list = chosen.map((office) => ({
      ...{ once, batch, office, origin, type, title, wrong, measure, dueOn },
      responsible: responsibleOf(office.code, responsible),
    }))
    const { ids } = await registerProblems(tx, order, list)
    note.action = 'problem.register'
    note.county = county
    note.subject = ids[0] ?? ''
    note.detail = { problems: ids.length, origin, type }
    return {
      items: ids.map((id, i) => ({ id, office: { code: chosen[i]!.code, name: chosen[i]!.name } })),
      batch,
    }
  })
}

/** @throws ApiError 422 */
function checkProblem({ title = '' }: NewProblem, wrongDay: string | null): void {
  if (hasNumberOfSomebody(title))
    throw refusedAt(
      'title',
      'bad-title',
      '名称里有身份证号或电话号码。名称会写在清单和邮件里,请改写在“问题”中。',
    )
  if (wrongDay !== null) throw refusedAt('dueOn', 'bad-day', wrongDay)
}

function refusedAt(field: string, code: 'bad-title' | 'bad-day', message: string): ApiError {
  return new ApiError(422, code, message, [{ pointer: `/body/${field}`, message }])
}

/** @throws ApiError 422 for an office that is not there or not theirs, 403 for one they may not register for */
async function placesOf(
  request: FastifyRequest,
  tx: Sql,
  codes: readonly string[],
): Promise<{ county: string; offices: Office[]; chosen: Office[] }> {
  const { scope } = actorOf(request)
  for (const { office: county } of await counties(tx)) {
    const offices = await officesUnder(tx, county)
    const chosen = [...new Set(codes)].flatMap(
      (code) => (scope.offices.includes(code) && offices.find((o) => o.code === code)) || [],
    )
    if (chosen.length === 0) continue
    const missing = codes.findIndex((code) => !chosen.some((office) => office.code === code))
    if (missing >= 0) throw unknownOffice(missing)
    for (const office of chosen) mustReach(request, 'obligations:register', office.code)
    return { county, offices, chosen }
  }
  throw unknownOffice(0)
}

function unknownOffice(nth: number): ApiError {
  return new ApiError(422, 'unknown-office', '没有这个单位,或它不在您的范围内;代码见 GET /v1/offices。', [
    { pointer: `/body/offices/${nth}`, message: '不是本县的单位' },
  ])
}
