import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { problemFile, problemFileQuery } from '../../contract/api/problems.ts'
import { newId } from '../../db/ids.ts'
import type { Sql } from '../../db/pool.ts'
import { mayIn } from '../../domain/people/permissions.ts'
import { type ProblemRow, readProblems, type ReadProblems } from '../../ledgers/read-problems.ts'
import { FileRefused } from '../../ledgers/refusals.ts'
import { townFinder } from '../../ledgers/towns.ts'
import { MappingNeeded } from '../../ledgers/mapping.ts'
import { type Office, officesAbove, officesUnder } from '../../services/people/offices.ts'
import { type NewProblem, registerProblems } from '../../services/problems/register.ts'
import { responsibleFinder } from '../../services/problems/responsible.ts'
import { rowKeys } from '../../services/problems/row-key.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import { receiveFile } from '../attachments/receive.ts'
import { ApiError } from '../http/errors.ts'
import { countyOf } from '../people/county.ts'
import { actorOf, notTheirs } from '../plugins/actor.ts'
import { problemGround } from './ground.ts'

const MOST_BYTES = 20 * 1024 * 1024
/** So many faults are told; a file with more is wrong as a whole. */
const MOST_FAULTS = 500

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
  const { content } = await receiveFile(request, MOST_BYTES)
  const above = await officesAbove(request.db, county)
  return request.db.transaction(async (tx, note) => {
    note.action = 'problem.import'
    note.county = county
    const { order, dueRefusal } = await problemGround(request, tx, { county, offices, keys })
    const towns = theirs.filter(({ kind }) => kind === 'town')
    const names = above.map(({ name }) => name.replace(/民政局$/, ''))
    const judge = {
      officeOf: townFinder(theirs, names),
      all: towns.map(({ code }) => code),
      dueRefusal,
    }
    const read = await readOrRefuse(content, judge)
    const registers = !dryRun && read.rows.length > 0 && (keepGood || read.faults.length === 0)
    const list = registers ? await problemsOf(tx, read.rows, theirs, { county, keys }) : []
    const { fresh } = await registerProblems(tx, order, list)
    note.detail = { dryRun, keepGood, rows: read.read, faults: read.faults.length, registered: fresh }
    return answerOf(read, registers ? fresh : null)
  })
}

/** @throws ApiError 422 in the words of the reader */
async function readOrRefuse(
  content: Buffer,
  judge: Parameters<typeof readProblems>[1],
): Promise<ReadProblems> {
  async function* chunks(): AsyncGenerator<Buffer> {
    yield content
  }
  try {
    return await readProblems(chunks, judge)
  } catch (error) {
    if (error instanceof FileRefused) throw badFile(error.message)
    if (error instanceof MappingNeeded)
      throw badFile('工作簿里有几张表都像问题清单,请只留下要登记的那一张后再上传。')
    throw error
  }
}

function badFile(message: string): ApiError {
  return new ApiError(422, 'bad-file', message, [{ pointer: '/body/file', message }])
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

function answerOf({ rows, faults, read }: ReadProblems, registered: number | null): Answer {
  const badRows = new Set(faults.map(({ row }) => row)).size
  return {
    ...{ read, good: rows.length, bad: badRows, registered },
    problems: rows.reduce((sum, { offices }) => sum + offices.length, 0),
    faults: faults.slice(0, MOST_FAULTS),
  }
}
