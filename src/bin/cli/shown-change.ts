/** What the command needs of a change's body (contract/api/import-changes.ts). */
export type ShownChange = {
  row: number
  externalId: string
  state: string
  /** How the due day moves; null where nothing that is corrected moves it. */
  due?: { from: string; to: string } | null
  fields: { label: string; before: string | null; after: string | null; happens: string }[]
}
