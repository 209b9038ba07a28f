import { isAtWork } from '../../domain/obligation/bulk-run.ts'
import { inScope } from '../../db/row-scope.ts'
import { inTransaction, type Pool } from '../../db/pool.ts'
import type { BaseDeps, EncryptionDeps, Heartbeat } from '../deps.ts'
import { rowScopeOf } from '../people/row-scope-of.ts'
import { now as businessNow } from '../schedule/clock.ts'
import { actOnNext, CHUNK } from './act-on-next.ts'
import { actorNow } from './actor-now.ts'
import { noteLeft } from './note-left.ts'
import { answerTheRest, endRun, lockRun, runById } from './store.ts'

/** `api`: takes on the role duban_api, so that row-level security holds for whoever asked. */
export type BulkDeps = BaseDeps & EncryptionDeps & { api: Pool }

const GONE = {
  refused: 'forbidden',
  message: '轮到它时,发起人的账号或接口密钥已停用,没有改动它。请由现在的承办人办理。',
}

/** Carries a run on from wherever it stands to its end, a chunk in each transaction, with the rights the actor has at each. */
export async function carryOn(deps: BulkDeps, id: string, beat: Heartbeat, chunk = CHUNK): Promise<void> {
  for (let chunks = 1; ; chunks += 1) {
    const run = await runById(deps.pool, id)
    if (!run || !isAtWork(run.state)) return
    const wallNow = deps.wallNow()
    const actor = await actorNow(deps.pool, run, await businessNow(deps.pool), wallNow)
    if (!actor) return answerWithout(deps, id)
    const by = { actor, keys: deps.keys, log: deps.log, wallNow }
    const { isOver } = await inScope(deps.api, rowScopeOf(actor), (tx) => actOnNext(tx, id, by, chunk))
    if (isOver) return
    beat(chunks)
  }
}

/** Whoever asked is gone: what is left is refused, as each of them would have been. */
async function answerWithout({ pool, wallNow }: BaseDeps, id: string): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const run = await lockRun(tx, id)
    if (!run || !isAtWork(run.state)) return
    await noteLeft(tx, run, { refused: GONE.refused, atWall: wallNow() })
    await answerTheRest(tx, run, GONE)
  })
}

/** What trying again does not mend stops the run. What is left is left as it is, and can be asked for anew. */
export async function giveUp({ pool, wallNow }: BaseDeps, id: string, code: string): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const run = await lockRun(tx, id)
    if (!run || !isAtWork(run.state)) return
    await noteLeft(tx, run, { refused: code, atWall: wallNow() })
    await endRun(tx, run, run.state === 'undoing' ? 'undone' : 'stopped', await businessNow(tx))
    await tx.query('update bulk_runs set problem = $2 where id = $1', [id, code])
  })
}
