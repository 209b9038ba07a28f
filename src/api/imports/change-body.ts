import type { z } from 'zod'
import type { importChange } from '../../contract/api/import-changes.ts'
import {
  type ChangedField,
  CONTENT_LABELS,
  type ContentField,
  outcomeOfRow,
} from '../../domain/obligation/changes.ts'
import {
  CAUSE_LABELS,
  GROUP_LABELS,
  LEVEL_LABELS,
  SOURCE_LABELS,
} from '../../domain/obligation/vocabulary.ts'
import type { DueMove } from '../../domain/obligation/replaced.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import { maskIdNo, maskName, maskPhone } from '../../domain/people/masking.ts'
import { beijingText } from '../../domain/time/days.ts'
import { decryptHouseholds, type Households } from '../../services/imports/change-values.ts'
import type { ImportChange } from '../../services/imports/changes-store.ts'
import type { Keyring, Person } from '../../services/vault/encryption.ts'

type Names = ReadonlyMap<string, string>

/**
 * A change as its reader sees it: old and new side by side, masked where it is personal; of a household nothing for a key that was
 * not granted personal data.
 */
export function changeBody(
  keys: Keyring,
  change: ImportChange,
  { officeNames, due }: { officeNames: Names; due: DueMove | null },
  { personal }: Actor,
): z.infer<typeof importChange> {
  const { row, externalId, obligation, fields, state, decidedBy } = change
  const households = personal ? decryptHouseholds(keys, change.import, change) : null
  return {
    ...{ row, externalId, obligation, due, decidedBy },
    fields: fields.map((field) => fieldBody(field, households, officeNames)),
    happens: outcomeOfRow(fields),
    state: state === 'confirmed' ? 'applying' : state,
  }
}

function fieldBody(changed: ChangedField, households: Households | null, officeNames: Names) {
  const { field, happens } = changed
  const shown = (side: 'before' | 'after') =>
    isMasked(field)
      ? households && MASKS[field](households[side])
      : publicWords(field, changed[side], officeNames)
  return { field, label: CONTENT_LABELS[field], before: shown('before'), after: shown('after'), happens }
}

/** A village and a text cannot be masked, so only that they changed is told. */
const MASKS = {
  name: ({ name }) => maskName(name),
  idNo: ({ idNo }) => maskIdNo(idNo),
  phone: ({ phone }) => maskPhone(phone),
  village: () => null,
  detail: () => null,
} as const satisfies Partial<Record<ContentField, (person: Person) => string | null>>

function isMasked(field: ContentField): field is keyof typeof MASKS {
  return field in MASKS
}

const WORDS: Partial<Record<ContentField, Readonly<Record<string, string>>>> = {
  level: LEVEL_LABELS,
  cause: CAUSE_LABELS,
  group: GROUP_LABELS,
  source: SOURCE_LABELS,
}

function publicWords(field: ContentField, value: string | number | null, officeNames: Names): string | null {
  if (value === null) return null
  if (typeof value === 'number') return beijingText(value)
  return field === 'town' ? (officeNames.get(value) ?? value) : (WORDS[field]?.[value] ?? value)
}
