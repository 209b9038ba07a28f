import type { FastifyRequest } from 'fastify'
import { historyOf, type HistoryRow } from '../../services/obligations/history.ts'
import { historyTextContext } from '../../services/vault/encryption-context.ts'
import { type Keyring, decryptBytes } from '../../services/vault/encryption.ts'
import { mayIn } from '../../domain/people/permissions.ts'
import { actorOf } from '../plugins/actor.ts'

/** What somebody did to an obligation; `text` is what they wrote with it, null too for whoever may not read it. */
export type ShownStep = Omit<HistoryRow, 'office' | 'encryptedText' | 'keyId'> & { text: string | null }

/** Whoever is asked to take something over reads why; the rest of what was written is not part of the offer. */
function offeredTo({ action, detail }: Pick<HistoryRow, 'action' | 'detail'>): string | null {
  const { toOffice } = detail
  return action === 'offer-hand-over' && typeof toOffice === 'string' ? toOffice : null
}

/** The steps of an obligation from the first on, as the API and the page show them; none where it is not there, or not theirs. */
export async function shownHistory(keys: Keyring, request: FastifyRequest, id: string): Promise<ShownStep[]> {
  const actor = actorOf(request)
  return (await historyOf(request.db, id)).map(({ office, encryptedText, keyId, ...step }) => ({
    ...step,
    text:
      encryptedText &&
      [office, offeredTo(step)].some((one) => one !== null && mayIn(actor, 'notes:read', one))
        ? decryptBytes(keys, historyTextContext(id, step.action, step.at), encryptedText, keyId).toString()
        : null,
  }))
}
