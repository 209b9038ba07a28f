import type { Logger } from 'pino'
import { SEALER } from '../contract/timeouts.ts'
import { sealKeys } from '../services/audit/chain-key.ts'
import { type MasterKey, WrongMasterKey } from '../services/vault/master-key.ts'
import { inTransaction, type Pool } from '../db/pool.ts'
import { STREAMS } from '../services/audit/chain-rows.ts'
import { sealStream, trySealerLock } from '../services/audit/chain.ts'
import type { Stream } from '../domain/audit/chain.ts'
import type { OutgoingMail } from '../mail/outgoing.ts'
import { type Publish, publishHeads } from './head-publisher.ts'
import { logFailure, startLoop } from './loop.ts'

export type SealerDeps = {
  pool: Pool
  masterKey: MasterKey
  log: Logger
  /** Null: heads are made known to nobody (rehearsal). */
  publish: Publish | null
  wallNow?: () => number
}
export type Sealer = { stop(): Promise<void>; sealNow(): Promise<void> }
/** A mail with the head of a chain, still to be sent. */
type HeadMail = { mail: OutgoingMail; attempts: number; notBefore: number }

/**
 * A loop beside the relay: seals what was added to the trail and to the history, and makes the heads of the chains known once
 * a day. Several may run; one seals at a time. `sealNow`: one pass at once. @throws what went wrong in it
 */
export function startSealer(deps: SealerDeps): Sealer {
  const state: State = {
    ...deps,
    wallNow: deps.wallNow ?? Date.now,
    headMails: [],
    warned: new Set(),
    held: new Map(),
  }
  const logTransient = logFailure(deps.log, 'nothing could be sealed; it is tried again')
  const loop = startLoop({
    everyMs: SEALER.everyMs,
    pass: () => sealAndPublish(state),
    onError(error) {
      if (!(error instanceof WrongMasterKey)) return logTransient(error)
      warnOnce(state, error.name, () => deps.log.error({ code: error.name }, REPLACED))
    },
  })
  return { sealNow: loop.runNow, stop: loop.stop }
}

type Held = { by: string; since: number }
type State = SealerDeps & {
  wallNow: () => number
  headMails: HeadMail[]
  warned: Set<string>
  held: Map<Stream, Held>
}

async function sealAndPublish(state: State): Promise<void> {
  await sealAll(state)
  if (!state.publish) return
  const at = state.wallNow()
  const { mails } = await publishHeads({ ...state, publish: state.publish }, at, 'daily')
  state.headMails.push(...mails.map((mail) => ({ mail, attempts: 0, notBefore: at })))
  await sendHeadMails(state)
}

async function sealAll(state: State): Promise<void> {
  for (const stream of STREAMS) {
    const sealed = await inTransaction(state.pool, async (tx) =>
      (await trySealerLock(tx))
        ? sealStream(tx, stream, await sealKeys(tx, state.masterKey), state.wallNow())
        : null,
    )
    if (!sealed) continue
    if (!sealed.soundHead) warnOnce(state, `${stream} head`, () => state.log.error({ stream }, TOUCHED))
    watchHeld(state, stream, sealed.waitsFor)
  }
}

const REPLACED =
  'the master key was replaced: this process seals nothing until it is started again with the new one'
const TOUCHED = 'the newest seal does not fit: somebody changed it; run npm run duban -- audit verify'

function warnOnce({ warned }: State, what: string, warn: () => void): void {
  if (!warned.has(what)) warn()
  warned.add(what)
}

/** While one transaction does not end nothing after it is sealed, and what is not sealed can vanish without a trace. */
function watchHeld(state: State, stream: Stream, by: string | null): void {
  const now = state.wallNow()
  const held = state.held.get(stream)
  if (by === null) state.held.delete(stream)
  else if (held?.by !== by) state.held.set(stream, { by, since: now })
  else if (now - held.since >= SEALER.heldMs)
    warnOnce(state, `${stream} ${by}`, () =>
      state.log.warn(
        { stream, transaction: by },
        'events wait for their seal behind a transaction that does not end',
      ),
    )
}

/** Sent at once and not through the outbox: an auditor's mail does not wait for rounds, nor hang on a county's. */
async function sendHeadMails(state: State): Promise<void> {
  const due = state.headMails.filter(({ notBefore }) => notBefore <= state.wallNow())
  for (const waiting of due) {
    const fate = await state.publish?.transport?.send(waiting.mail)
    waiting.attempts++
    waiting.notBefore = state.wallNow() + SEALER.mailRetryMs
    const over =
      !fate || fate.kind === 'accepted' || fate.kind === 'failed' || waiting.attempts >= SEALER.mailAttempts
    if (over) state.headMails.splice(state.headMails.indexOf(waiting), 1)
    if (fate && fate.kind !== 'accepted')
      state.log.warn({ fate: fate.kind, attempt: waiting.attempts }, 'the mail of the seal was not taken')
  }
}
