import type { Instant } from '../../domain/time/days.ts'
import { insertRows, oneByOne } from '../../db/insert-rows.ts'
import type { Sql } from '../../db/pool.ts'
import { events, obligations } from '../../db/schema/index.ts'
import { updateRows } from '../../db/update-rows.ts'
import { addAuditEvent } from '../audit/trail.ts'
import type { EncryptionDeps, BaseDeps } from '../deps.ts'
import { askAgain } from '../obligations/ask-again.ts'
import { reopenAssignments } from '../obligations/ended-assignments.ts'
import { pauseAgain } from '../obligations/suspend.ts'
import { officesUnder } from '../people/offices.ts'
import { historyTextContext } from '../vault/encryption-context.ts'
import { encryptBytes, type Keyring } from '../vault/encryption.ts'
import { type CancelledByImport, cancelledByImport, keyBefore } from './cancelled-by-import.ts'
import type { ImportRow } from './store.ts'
import { dayText, tellLines } from './tell-changes.ts'
import { stayedWords } from './undo-words.ts'

/** How many warnings live again that an import had cancelled, and which do not, with the reason. */
export type Reopened = { reopened: number; stayed: { externalId: string; message: string }[] }

/**
 * Takes back what an import has cancelled as withdrawn at the source: each is as it was, with the assignment and the due instant it had.
 * What fired stays fired, so nobody is told of a moment twice; whoever had been told of the work hears that it stands again.
 */
export async function restoreWithdrawn(
  tx: Sql,
  { keys, wallNow }: BaseDeps & EncryptionDeps,
  found: ImportRow,
  now: Instant,
): Promise<Reopened> {
  const { id: importId, county } = found
  await lockCancelled(tx, importId)
  const offices = await officesUnder(tx, county)
  const { restored, stays } = await cancelledByImport(tx, importId, new Set(offices.map((o) => o.code)))
  const stayed = stays.map(({ id, externalId, why }) => ({
    ...{ externalId: externalId ?? id, message: stayedWords(why) },
  }))
  if (restored.length === 0) return { reopened: 0, stayed }
  await updateRows(tx, obligations, ['id'], restored.map(rowBefore), { closedAt: null })
  await reopenAssignments(
    tx,
    restored.map(({ assignment, person }) => ({ id: assignment, person })),
  )
  const ids = restored.map(({ id }) => id)
  await pauseAgain(tx, ids)
  await askAgain(tx, ids)
  await insertRows(tx, events, oneByOne(restored, eventOf(keys, found, now)), {
    constant: { at: now, action: 'reopen' },
  })
  const lines = restored.filter(({ told }) => told).map(lineOf)
  await tellLines(tx, { county, cause: `restore-withdrawn/${importId}`, offices, now }, lines)
  await addAuditEvent(tx, {
    ...{ atWall: wallNow(), county, actor: found.actor, action: 'import.restore', subject: importId },
    ...{ outcome: 'done', detail: { reopened: restored.length, stayed: stayed.length } },
  })
  return { reopened: restored.length, stayed }
}

/** Another statement than the one that looks: it sees what somebody did while their row was waited for. */
async function lockCancelled(tx: Sql, importId: string): Promise<void> {
  await tx.query(
    `select from obligations where id in (
       select obligation from import_withdrawals where import = $1 and state = 'cancelled') order by id for update`,
    [importId],
  )
}

function rowBefore(one: CancelledByImport) {
  const { id, before: state, version, stage, office, person, dueAt, dueOn } = one
  return {
    ...{ id, state, version: version + 1, key: keyBefore(one), stage },
    ...{ holderOffice: office, holderPerson: person, holderDueAt: dueAt, holderDueOn: dueOn },
  }
}

/** The import stands beside it, as beside what it cancelled: neither is somebody's work on the warning. */
function eventOf(keys: Keyring, { id: importId, actor }: ImportRow, now: Instant) {
  return ({ id, before: state }: CancelledByImport) => {
    const text = Buffer.from(`撤销它的导入 ${importId} 已撤回,恢复到撤销以前,期限不变。`)
    const encryptedText = encryptBytes(keys, historyTextContext(id, 'reopen', now), text)
    const detail = { import: importId, undone: true }
    return { obligation: id, actor, state, detail, encryptedText, keyId: keys.keyId }
  }
}

function lineOf({ id, externalId, office, person, dueOn }: CancelledByImport) {
  const words = `撤销它的导入已撤回,照旧办理,期限仍是${dayText(dueOn)}。`
  return { office, person, urgent: false, words, numbers: [externalId ?? id] }
}
