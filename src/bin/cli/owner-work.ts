import { AccountRefusal } from '../../services/access/accounts.ts'
import { addAuditEvent } from '../../services/audit/trail.ts'
import { inTransaction, row, type Sql } from '../../db/pool.ts'
import { type User, userByEmail } from '../../services/people/users.ts'
import { CliError } from './cli-error.ts'
import type { Config } from '../config/config-schema.ts'
import { readConfig } from '../config/config.ts'
import { withOwner } from './owner-database.ts'

export type Options = { data?: string; json?: boolean }

/** Who acts: the owner of the database, on the machine itself. */
export const OWNER = 'owner'

/** All of a command's work or none of it, as the owner of the database. */
export function onOwner<T>(options: Options, work: (tx: Sql, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig(process.env, { DUBAN_DATA: options.data })
  return withOwner(config, ({ pool }) => inTransaction(pool, (tx) => work(tx, config))).catch((error) => {
    throw error instanceof AccountRefusal ? new CliError(error.message) : error
  })
}

/** The same, about one person. */
export function onUser<T>(
  email: string,
  options: Options,
  work: (tx: Sql, user: User, config: Config) => Promise<T>,
): Promise<T> {
  return onOwner(options, async (tx, config) => work(tx, await knownUser(tx, email), config))
}

/** @throws CliError */
export async function knownUser(tx: Sql, email: string): Promise<User> {
  const user = await userByEmail(tx, email)
  if (!user) throw new CliError(`没有邮箱为 ${email} 的人员;用 user list 查看。`)
  return user
}

/** The trail of the county knows what was done, and that it was done on the machine itself (R9). */
export async function note(
  tx: Sql,
  action: string,
  { subject, office }: { subject: string; office: string },
  detail: object,
): Promise<void> {
  const of = await row<{ county: string }>(
    tx,
    `select office as county from counties where $1 = office or $1 ^@ (office || '.')`,
    [office],
  )
  await addAuditEvent(tx, {
    ...{ atWall: Date.now(), county: of?.county ?? null, actor: OWNER, behalf: null, address: null },
    ...{ action, subject, outcome: 'done', detail: { ...detail }, requestId: null },
  })
}

/** A person as the trail names them. */
export function entryFor({ id, roles }: User): { subject: string; office: string } {
  return { subject: id, office: roles[0]?.office ?? '' }
}

/** What was done, in a sentence or as JSON. */
export function say(options: Options, sentence: string, result: object = {}): void {
  console.log(options.json ? JSON.stringify({ done: true, ...result }) : sentence)
}
