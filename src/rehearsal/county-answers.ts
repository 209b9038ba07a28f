import type { Day } from '../domain/time/days.ts'

/** The parts of the API's answers that officers read. */
export type ApiObligation = {
  id: string
  externalId: string | null
  kind: string
  title: string
  state: string
  office: { code: string; name: string }
  level: string | null
  group: string | null
  dueOn: Day
  holder: { office: { code: string }; dueOn: Day } | null
}
export type ApiImport = {
  id: string
  state: string
  registered: number
  duplicates: number
  changed: number
  refused: number
}
export type ApiSample = {
  id: string
  households: {
    household: string
    office: { code: string }
    group: string
    state: 'waiting' | 'drawn' | 'replaced'
    check: { id: string } | null
  }[]
}
export type ApiHits = {
  comparison: string | null
  raised: { id: string }[]
  hitsFiles: { id: string; rows: number; registered: number }[] | null
}
export type ApiComparison = { id: string; hits: number | null; raised: number | null }
export type ApiGate = {
  code: string
  state: string
  override: object | null
  gate: { blockerCount: number }
}
/** What a change of days or rules does to open work. */
export type ApiEffect = { later: number; earlier: number; becomesLate: number; ceasesLate: number }
export type ApiHandOn = { done: boolean; count: number; offers: number }
export type ActionAnswer = { id: string; ok: boolean; why: string }
