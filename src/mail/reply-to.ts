import { addressFault } from './address.ts'
import type { Mailbox } from './outgoing.ts'

/** What a mail's sender is made of; `replyTo` is null where the settings name nobody. */
export type SenderSettings = { from: Mailbox; replyTo: string | null }

/**
 * Where an answer goes: to the settings' address, else to the county's contact where that is an address, else to the sender. A
 * human should read it: mails are sent by a machine.
 */
export function replyToOf({ from, replyTo }: SenderSettings, contact: string | null = null): string {
  return replyTo ?? (contact !== null && addressFault(contact) === null ? contact : from.address)
}
