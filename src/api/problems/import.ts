import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { problemFile, problemFileQuery } from '../../contract/api/problems.ts'
import { newId } from '../../db/ids.ts'
import type { Sql } from '../../db/pool.ts'
import { mayIn } from '../../domain/people/permissions.ts'
import { type ProblemRow, readProblems, type ReadProblems } from '../../ledgers/read-problems.ts'
import { townFinder } from '../../ledgers/towns.ts'
import { type Office, officesUnder, placesAbove } from '../../services/people/offices.ts'
import { type NewProblem, registerProblems } from '../../services/problems/register.ts'
import { responsibleFinder } from '../../services/problems/responsible.ts'
import { rowKeys } from '../../services/problems/row-key.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import { badFile, chunksOf, faultsOf, isToRegister, readOrRefuse, receiveList } from '../http/list-file.ts'
import { countyOf } from '../people/county.ts'
import { actorOf, notTheirs } from '../plugins/actor.ts'
import { dueRefusalOf, problemGround } from './ground.ts'

/** One row may be a problem of every town: so many come of one file, which are some minutes of registering. */
const MOST_PROBLEMS = 20_000

type Query = z.infer<typeof problemFileQuery>
type Answer = z.infer<typeof problemFile>

/** Registers a list of problems, unless it is only checked: all rows or none, or the good ones where that is asked for. */
export async function importProblems(
  request: FastifyRequest<{ Querystring: Query }>,
  keys: Keyring,
): Promise<Answer> {
  const { dryRun = true, keepGood = false, county: asked } = request.query
  const county = await countyOf(request.db, asked, '/querystring/county')
  const offices = await officesUnder(request.db, county)
  const theirs = offices.filter(({ code }) => mayIn(actorOf(request), 'obligations:register', code))
  if (theirs.length === 0) throw notTheirs()
  const { content } = await receiveList(request)
  // No transaction stands open while the file is read.
  const read = await readList(request, content, { county, theirs })
  const registers = isToRegister(request.query, read)
  return request.db.transaction(async (tx, note) => {
    note.action = 'problem.import'
    note.county = county
    const { order } = await problemGround(request, tx, { county, offices, keys })
    const list = registers ? await problemsOf(tx, read.rows, theirs, { county, keys }) : []
    const { fresh } = await registerProblems(tx, order, list)
    note.detail = { dryRun, keepGood, rows: read.read, faults: read.faults.length, registered: fresh }
    return answerOf(read, registers ? fresh : null)
  })
}

/** @throws ApiError 422 for what is no such list, or holds too many problems */
async function readList(
  request: FastifyRequest,
  content: Buffer,
  { county, theirs }: { county: string; theirs: readonly Office[] },
): Promise<ReadProblems> {
  const towns = theirs.filter(({ kind }) => kind === 'town')
  const judge = {
    officeOf: townFinder(theirs, await placesAbove(request.db, county)),
    all: towns.map(({ code }) => code),
    dueRefusal: await dueRefusalOf(request, county),
  }
  const read = await readOrRefuse('问题清单', () => readProblems(chunksOf(content), judge))
  const problems = countProblems(read)
  if (problems > MOST_PROBLEMS)
    throw badFile(
      `这个文件要登记 ${problems} 件问题(一行写几个镇的,每个镇一件),一次最多 ${MOST_PROBLEMS} 件。请拆成几个文件,分别登记。`,
    )
  return read
}

function countProblems({ rows }: ReadProblems): number {
  return rows.reduce((sum, { offices }) => sum + offices.length, 0)
}

/** Each row for each of its offices. The same row again is the same problem, whatever file it stands in. */
async function problemsOf(
  tx: Sql,
  rows: readonly ProblemRow[],
  offices: readonly Office[],
  { county, keys }: { county: string; keys: Keyring },
): Promise<NewProblem[]> {
  const byCode = new Map(offices.map((office) => [office.code, office]))
  const responsibleOf = await responsibleFinder(tx, [...byCode.keys()])
  const keyOf = rowKeys(keys)
  return rows.flatMap(({ row: _, offices: codes, responsible, ...problem }) => {
    const batch = newId('pb')
    return codes.map((code) => ({
      ...{ ...problem, batch, once: keyOf({ ...problem, county, office: code }), office: byCode.get(code)! },
      responsible: responsibleOf(code, responsible),
    }))
  })
}

function answerOf(read: ReadProblems, registered: number | null): Answer {
  return {
    ...{ read: read.read, good: read.rows.length, registered, problems: countProblems(read) },
    ...faultsOf(read.faults),
  }
}
