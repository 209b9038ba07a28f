import type { FastifyRequest } from 'fastify'
import { historyOf, type HistoryRow } from '../../services/obligations/history.ts'
import { historyTextContext } from '../../services/vault/encryption-context.ts'
import { type Keyring, decryptBytes } from '../../services/vault/encryption.ts'
import type { Kind } from '../../domain/obligation/vocabulary.ts'
import { mayIn } from '../../domain/people/permissions.ts'
import { actorOf } from '../plugins/actor.ts'
import { shownResult } from './shown-result.ts'

/** What somebody did to an obligation; `text` is what they wrote with it, null too for whoever may not read it. */
export type ShownStep = Omit<HistoryRow, 'office' | 'kind' | 'encryptedText' | 'keyId'> & {
  text: string | null
}

/** Whoever is asked to take something over reads why; the rest of what was written is not part of the offer. */
function offeredTo({ action, detail }: Pick<HistoryRow, 'action' | 'detail'>): string | null {
  const { toOffice } = detail
  return action === 'offer-hand-over' && typeof toOffice === 'string' ? toOffice : null
}

/** The steps of an obligation from the first on, as the API and the page show them; none where it is not there, or not theirs. */
export async function shownHistory(keys: Keyring, request: FastifyRequest, id: string): Promise<ShownStep[]> {
  const actor = actorOf(request)
  return (await historyOf(request.db, id)).map(({ office, kind, encryptedText, keyId, ...step }) => ({
    ...step,
    detail: mayIn(actor, 'notes:read', office) ? step.detail : shownDetail(kind, step),
    text:
      encryptedText &&
      [office, offeredTo(step)].some((one) => one !== null && mayIn(actor, 'notes:read', one))
        ? decryptBytes(keys, historyTextContext(id, step.action, step.at), encryptedText, keyId).toString()
        : null,
  }))
}

/** Events are sealed and stay as earlier releases wrote them: the names in what was handed in are left out here. */
function shownDetail(
  kind: Kind,
  { action, detail }: Pick<HistoryRow, 'action' | 'detail'>,
): HistoryRow['detail'] {
  return action === 'submit' ? shownResult(kind, detail, null) : detail
}
