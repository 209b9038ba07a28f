import type { Instant } from '../../domain/time/days.ts'
import { row, type Sql } from '../../db/pool.ts'

/**
 * What changes one kind of thing, as the trail calls it: `deeds` one alone, `many` several at once, which names none of them.
 * Both are regular expressions of PostgreSQL.
 */
type Deeds = { deeds: string; many: string | null }
/** What raises the version of each; beside these the trail tells of looks, of passwords and of sessions. */
const DEEDS = {
  campaign: { deeds: '^(campaign\\.move-phase|POST /v1/campaigns/:id/actions)$', many: null },
  entry: { deeds: '^screening\\.entry-(change|remove)$', many: '^screening\\.entries-import$' },
  household: { deeds: '^roster\\.(change|remove)$', many: '^roster\\.(import|undo-file)$' },
  import: { deeds: '^POST /v1/imports/:id/actions$', many: null },
  office: { deeds: '^office\\.(add|rename|duties|remove)$', many: null },
  person: {
    deeds:
      '^(user\\.(add|contact|disable|enable|absent|back|role\\.\\w+)|(PUT|DELETE) /v1/(me|people/:id)/absence)$',
    many: null,
  },
} satisfies Record<string, Deeds>

/** A thing as the trail names it: as the subject of its events, or (`about` null) by what their detail holds. */
export type Changed = {
  kind: keyof typeof DEEDS
  about: string | null
  part?: Readonly<Record<string, string>>
}

/** Who changed a thing last, and when; null where the trail of the reader's counties tells nobody for certain. */
export async function whoChanged(
  tx: Sql,
  { kind, about, part = {} }: Changed,
): Promise<{ by: string; at: Instant } | null> {
  const { deeds, many } = DEEDS[kind]
  const asked = 'select by, at from duban_who_changed($1, $2, $3, $4)'
  return (
    (await row<{ by: string; at: Instant }>(tx, asked, [about, JSON.stringify(part), deeds, many])) ?? null
  )
}
