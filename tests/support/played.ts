import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import type { Stack } from './stack.ts'

/** A county that was played to some day: a database to be copied from, and the mails that were sent until then. */
export type Played = { template: string; mails: string }

/**
 * Plays a county once in a run of the suite, in whichever worker asks first; the others wait for it. Workflows are none of it:
 * an engine begins them anew from the database, as after a loss of Temporal's state (decision 1).
 * @param name that of the template
 * @param play a stack at rest, with nothing left to do; it is stopped here
 */
export async function playedOnce(name: string, play: () => Promise<Stack>): Promise<Played> {
  const played = { template: `duban_played_${name}`, mails: join(inject('playedFolder'), name) }
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [played.template])
    const known = 'select from pg_database where datname = $1'
    if ((await client.query(known, [played.template])).rowCount === 0) {
      const stack = await play()
      // A play that was broken off may have left some: a mail is not to be seen twice.
      rmSync(played.mails, { recursive: true, force: true })
      cpSync(stack.mails, played.mails, { recursive: true })
      await stack.stop()
      await client.query(`alter database ${stack.database.name} rename to ${played.template}`)
    }
  } finally {
    await client.end()
  }
  return played
}
