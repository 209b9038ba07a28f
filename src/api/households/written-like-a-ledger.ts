import { idNoOf } from '../../ledgers/id-number.ts'
import { phoneOf } from '../../ledgers/phone.ts'

type Numbered = { idNo: string; phone: string }

/** Numbers as a ledger has them, so that looking one up finds both. */
export function writtenLikeALedger<Of extends Numbered>(household: Of): Of {
  return { ...household, idNo: idNoOf(household.idNo), phone: phoneOf(household.phone) }
}

/** What is not said stays. */
export function changedFields<Of extends object>(
  known: Of,
  said: { [Field in keyof Of]?: Of[Field] | undefined },
): Of {
  const given = Object.entries(said).filter(([, value]) => value !== undefined)
  return { ...known, ...Object.fromEntries(given) }
}
