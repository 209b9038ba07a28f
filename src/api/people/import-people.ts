import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { peopleFile, peopleFileQuery } from '../../contract/api/users.ts'
import { isUnder } from '../../domain/people/permissions.ts'
import { dayOf } from '../../domain/time/days.ts'
import { compact } from '../../ledgers/normalise.ts'
import { readPeople, type ReadPeople } from '../../ledgers/read-people.ts'
import { townFinder } from '../../ledgers/towns.ts'
import { BadAddress, oneAddress } from '../../mail/address.ts'
import { AccountRefusal } from '../../services/access/accounts.ts'
import { type Added, addPeople, peopleJudge, planPeople } from '../../services/access/people-list.ts'
import { sendLink } from '../../services/access/secret-links.ts'
import { allOffices, type Office } from '../../services/people/offices.ts'
import { listUsers } from '../../services/people/users.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError } from '../http/errors.ts'
import { badFile, chunksOf, faultsOf, isToRegister, readOrRefuse, receiveList } from '../http/list-file.ts'
import { asOfOf } from '../plugins/actor.ts'
import { accountsTransaction } from '../plugins/scope.ts'
import { ownOf } from '../session/own-account.ts'
import { administered } from './accounts.ts'

type Asked = FastifyRequest<{ Querystring: z.infer<typeof peopleFileQuery> }>

/** Each gets a mail before the answer: a county has fewer. */
const MOST_PEOPLE = 500
/** So many mails with links are sent at the same time. */
const SENT_AT_ONCE = 4

/** Opens accounts from a list, unless it is only checked: all rows or none, or the good ones where that is asked for. */
export async function importPeople(request: Asked, deps: ApiDeps): Promise<z.infer<typeof peopleFile>> {
  const { dryRun = true, keepGood = false } = request.query
  const counties = administered(request)
  const { content } = await receiveList(request)
  // An address is one person's in the whole deployment.
  const users = await listUsers(deps.gate)
  const offices = (await allOffices(request.db)).filter(({ code }) => counties.some((c) => isUnder(code, c)))
  const read = await readList(content, offices, peopleJudge(new Map(offices.map((o) => [o.code, o])), users))
  const plan = planPeople(read.rows, users)
  if (plan.fresh.length > MOST_PEOPLE)
    throw badFile(`这个文件要新建 ${plan.fresh.length} 个账号,一次最多 ${MOST_PEOPLE} 个。请拆成几个文件。`)
  const registers = isToRegister(request.query, read)
  const by = {
    id: ownOf(request).person,
    counties,
    wallNow: deps.wallNow(),
    today: dayOf(asOfOf(request).now),
  }
  const added = await accountsTransaction(request, deps, counties, async (tx, note) => {
    const made = registers ? await addPeople(tx, by, plan.fresh) : []
    note.action = 'user.import'
    note.detail = {
      dryRun,
      keepGood,
      rows: read.read,
      faults: read.faults.length,
      people: made.map(({ id }) => id),
    }
    return made
  }).catch(apiErrorOf)
  return {
    ...{ read: read.read, good: read.rows.length, people: plan.fresh.length, known: plan.known },
    registered: registers ? added.length : null,
    linksNotSent: registers ? await sendLinks(deps, added) : null,
    ...faultsOf(read.faults),
  }
}

function readList(
  content: Buffer,
  offices: readonly Office[],
  rowFault: ReturnType<typeof peopleJudge>,
): Promise<ReadPeople> {
  const judge = { officeOf: officeFinder(offices), emailFault, rowFault }
  return readOrRefuse('人员名单', () => readPeople(chunksOf(content), judge))
}

/** By its whole name, by its code, or a town as files write it. A name that two villages share finds neither. */
function officeFinder(offices: readonly Office[]): (cell: string) => string | undefined {
  const named = new Map<string, string | undefined>()
  for (const { code, name } of offices) named.set(compact(name), named.has(compact(name)) ? undefined : code)
  const codes = new Set(offices.map(({ code }) => code))
  const townOf = townFinder(offices.filter(({ kind }) => kind === 'town'))
  return (cell) => (codes.has(cell) ? cell : (named.get(compact(cell)) ?? townOf(cell)))
}

function emailFault(cell: string): string | null {
  try {
    oneAddress(cell)
    return null
  } catch (error) {
    if (error instanceof BadAddress) return error.message
    throw error
  }
}

/** @returns how many the mail server did not take */
async function sendLinks(deps: ApiDeps, added: readonly Added[]): Promise<number> {
  let failed = 0
  for (let at = 0; at < added.length; at += SENT_AT_ONCE) {
    const sent = await Promise.all(
      added.slice(at, at + SENT_AT_ONCE).map((person) => sendLink(deps, person, person.link)),
    )
    failed += sent.filter((taken) => !taken).length
  }
  return failed
}

/** Somebody else added the same address since the list was read. */
function apiErrorOf(error: unknown): never {
  throw error instanceof AccountRefusal ? new ApiError(409, 'count-changed', error.message) : error
}
