import type { Day, Instant } from '../domain/time/days.ts'
import type { DueParts } from './expected-parts.ts'
import type { Work } from './policy-table.ts'
import type { PolicyVersion } from './second-policy.ts'

/** One assignment, as the officers who did it remember it. */
export type StoryTurn = Work & {
  /** External id, or title and office: what a reader of the report can look up. */
  item: string
  /** How a mail names it where it is not counted. */
  called: string
  office: string
  /** Who owes it, also while another reviews it. */
  owner: string
  startedAt: Instant
  dueOn: Day
  endedAt: Instant | null
  /** The version of the rules it goes by. */
  policy: PolicyVersion
  /** What its day is counted from where it is nobody's to perform. */
  counted?: { startOn: Day; limit: number }
  /** It began with somebody's acceptance of something else. */
  follows?: boolean
  /** It goes on from another: what lay before its start was told then, and is not told again. */
  quiet?: boolean
  /** It was taken back by whoever began it. */
  undone?: boolean
  /** What it was until days or rules changed, and it was counted anew. */
  before?: StoryTurn
}
export type StoryItem = {
  item: string
  kind: string
  level: string | null
  office: string
  reviewer: string
  /** How a mail names it where it is not counted: its number, or its title. */
  name?: string
  /** The title of what nobody asks more time for, and nobody telephones about. */
  title?: string
  /** Of a warning and what follows from it: whether its household belongs to a key group. */
  keyGroup?: boolean
  /** It began with somebody's acceptance of something else. */
  follows?: boolean
  /** Whoever puts it right shows a file. */
  withEvidence?: boolean
}

/** The turn whose work was passed, whose it is now, and when. */
export type StoryAcceptance = { turn: StoryTurn; office: string; at: Instant }
/** What waits for an answer beside the work, or stands in its place. */
export type Beside = Extract<Work['stage'], 'extension' | 'hand-over' | 'pause'>

/** What the work of a performer rests on. `isFirst`: it has gone on as one since it was registered. */
export type PerformedParts = DueParts & { stage: 'perform' | 'redo'; policy: PolicyVersion; isFirst: boolean }
/** How something stood, to be so again. */
export type HeldBefore = { turn: StoryTurn; parts: PerformedParts; accepted: number }

/** How a mail names it. */
export function calledOf({ item, name, title }: StoryItem): string {
  return name ?? (title === undefined ? item : `「${title}」`)
}
