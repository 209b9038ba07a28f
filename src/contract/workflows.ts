/**
 * What crosses between processes and Temporal: names, ids, queues, the one signal, and the answers of activities.
 * Only ids and plain numbers cross; facts stay in PostgreSQL (decision 1).
 */
import { defineQuery, defineSignal } from '@temporalio/workflow'

/** Workflow type by the kind that stands in pokes and watches. */
export const WORKFLOW_OF_KIND = {
  deadline: 'deadline',
  timeline: 'campaignTimeline',
  courier: 'courier',
  import: 'importFile',
  bulk: 'bulkRun',
} as const
export type WorkflowKind = keyof typeof WORKFLOW_OF_KIND

export function workflowId(kind: WorkflowKind, subject: string): string {
  return `${kind}:${subject}`
}

/** Workflows and their database activities; mail; files. Each has a queue, so that one cannot starve another. */
export const TASK_QUEUES = { main: 'duban', mail: 'duban-mail', files: 'duban-files' } as const

/** Something joined or moved: ask again. Carries the poke's number only, so that the answer can name it. */
export const pokeSignal = defineSignal<[upTo: number]>('poke')

/** Where a campaign stands, as its timeline learnt at its last wake. */
export const timelineQuery = defineQuery<TimelineAnswer | null>('timeline')
/** How far an import has come. */
export const importQuery = defineQuery<{ doing: ImportStep } | null>('import')

/** When to ask again: after so many ms of wall time, or (null) only when poked. `done`: nothing is left to watch. */
export type TickAnswer = { waitMs: number | null; done: boolean }

export type TimelineAnswer = TickAnswer & {
  phases: { code: string; state: 'planned' | 'open' | 'overdue' | 'closed'; blockers: number }[]
}

/** `deliver`: mails stand in the outbox whose attempt is due. */
export type CourierAnswer = TickAnswer & { deliver: boolean }

export type ImportStep = 'validate' | 'apply' | 'correct' | 'undo' | 'done'

/** `working`: a run has something left to do. */
export type BulkAnswer = TickAnswer & { working: boolean }
