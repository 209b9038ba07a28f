import type { AskedItem, Beginning, HeldWork, LateItem } from '../../mail/digest-types.ts'
import type { AskedRow } from '../deadlines/asked-before.ts'
import type { HeldWorkRow } from '../deadlines/held-work.ts'
import type { LateItemRow } from '../deadlines/late-items.ts'
import { dueOf, holderKey, type ItemFacts, itemOf, type RoundFacts } from './digest-entries.ts'

export type HolderFacts = ItemFacts & Pick<RoundFacts, 'holders' | 'readers'>

/** Whom to telephone about it: nobody where the reader performs it. */
function contactsFor(reader: string, row: { office: string; person: string | null }, facts: HolderFacts) {
  const people = facts.holders.get(holderKey(row)) ?? []
  if (people.includes(reader)) return []
  return people.flatMap((id) => facts.readers.get(id) ?? []).map(({ name, phone }) => ({ name, phone }))
}

/** Something late that no line of the round is about. @param beginning who begins with it, and who shares it. @param again 1 where the last letter told it */
export function lateItemOf(
  reader: string,
  row: LateItemRow,
  beginning: Beginning,
  facts: HolderFacts,
  again = 0,
): LateItem {
  const { label, level, office, kind: obligationKind, stage } = row
  const officeName = facts.offices.get(office)?.name ?? office
  return {
    ...itemOf(row, facts),
    ...dueOf({ ...row, counted: row.workingDays !== null }, facts),
    ...{ obligationKind, stage, officeName, label, level },
    holders: contactsFor(reader, row, facts),
    ...beginning,
    again,
  }
}

/** Something late that an earlier mail asked the reader to press, with the office that is late; what it reviews or answers is another's. */
export function askedItemOf(row: AskedRow, facts: HolderFacts): AskedItem {
  const owner = row.owner === row.office ? null : (facts.offices.get(row.owner)?.name ?? row.owner)
  return {
    ...lateItemOf(row.reader, row, { begins: null, shares: [] }, facts),
    owner,
    askedOn: row.askedOn,
  }
}

/** What waits for the reader behind one deadline. @param beginning who begins with it, and who shares it. @param again how many the last letter told as late */
export function heldWorkOf(
  reader: string,
  row: HeldWorkRow,
  beginning: Beginning,
  facts: HolderFacts,
  again = 0,
): HeldWork {
  const { deadline, kind: obligationKind, stage, label, level, count, owner } = row
  return {
    ...{ deadline, obligationKind, stage, label, level, count, again },
    ...beginning,
    ...dueOf({ ...row, counted: row.workingDays !== null }, facts),
    officeName: facts.offices.get(owner)?.name ?? owner,
    holders: contactsFor(reader, row, facts),
    // Whoever holds it was told that its day had moved, and what waits is not late.
    item: itemOf({ ...row, movedFrom: null, movedBy: [] }, facts),
  }
}
