import type { Day } from '../domain/time/days.ts'
import { idFault } from './id-number.ts'
import type { readIdentity } from './identity.ts'

/** A shorter number may equal a short telephone by chance. */
const SHORTEST_NUMBER = 7

/** A number of the household in the place of the warning's: it would stand in mails in the clear. */
export function isNumberOfHousehold(
  externalId: string,
  identity: ReturnType<typeof readIdentity>,
  phone: string,
  today: Day,
): boolean {
  if (externalId.length < SHORTEST_NUMBER) return false
  if (externalId.length === 18 && idFault(externalId, today) === null) return true
  // A text is what is wrong with the identity number.
  const { idNo } = typeof identity === 'string' ? { idNo: '' } : identity
  return externalId === idNo || externalId === phone
}
