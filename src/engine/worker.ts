import { DefaultLogger, type NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker'
import type { MailTransport } from '../mail/transport.ts'
import { TASK_QUEUES } from '../contract/workflows.ts'
import { createBulkActivities, createBulkStepActivities } from '../activities/bulk-run.ts'
import { type CourierActivities, createCourierActivities } from '../activities/courier.ts'
import { createDeadlineActivities, type DeadlineActivities } from '../activities/deadline.ts'
import { createDeliverActivities, type DeliverDeps } from '../activities/deliver.ts'
import type { BulkDeps } from '../services/bulk-runs/carry-on.ts'
import type { LetterDeps } from '../services/deps.ts'
import { createImportActivities, createImportStepActivities } from '../activities/import.ts'
import { createTimelineActivities } from '../activities/timeline.ts'
import { connectWorkers, type TemporalAt } from './temporal-at.ts'

export type WorkerDeps = BulkDeps & {
  letters: LetterDeps
  transport: MailTransport
  onFate?: DeliverDeps['onFate']
  /** The rehearsal plants a fault here. */
  wrapDeadlines?: (activities: DeadlineActivities) => DeadlineActivities
  wrapCourier?: (activities: CourierActivities) => CourierActivities
}
/** The bundle made at build time, or in tests the sources. */
export type WorkflowSource = { bundlePath: string } | { code: string }

export type RunningWorkers = { stop(): Promise<void>; finished: Promise<void> }

let installed = false

/** The SDK's own words go to our log; its information lines are of no use to an operator. Once in a process. */
function installRuntime(log: WorkerDeps['log']): void {
  if (installed) return
  installed = true
  const logger = new DefaultLogger('ERROR', ({ message }) => log.error({ source: 'temporal-sdk' }, message))
  const logging = { filter: { core: 'ERROR', other: 'ERROR' }, forward: {} } as const
  Runtime.install({ logger, shutdownSignals: [], telemetryOptions: { logging } })
}

/** The three workers: workflows with their database activities, mail, files. */
export async function startWorkers(
  temporal: TemporalAt & { namespace: string },
  workflows: WorkflowSource,
  deps: WorkerDeps,
): Promise<RunningWorkers> {
  installRuntime(deps.log)
  const { namespace, ...at } = temporal
  const connection = await connectWorkers(at)
  const workers = await createWorkers(connection, namespace, workflows, deps).catch(
    async (error: unknown) => {
      await connection.close()
      throw error
    },
  )
  const shutDown = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown()
  }
  // One that fails takes the others down: they share the connection, and are started again together.
  const runs = workers.map((worker) => worker.run().finally(shutDown))
  const finished = Promise.allSettled(runs).then(async () => {
    await connection.close()
    await Promise.all(runs)
  })
  return {
    finished,
    async stop() {
      shutDown()
      await finished
    },
  }
}

async function createWorkers(
  connection: NativeConnection,
  namespace: string,
  workflows: WorkflowSource,
  deps: WorkerDeps,
): Promise<Worker[]> {
  const create = (options: Omit<WorkerOptions, 'connection' | 'namespace'>) =>
    Worker.create({ ...options, connection, namespace, shutdownGraceTime: '10s' })
  return [
    await create({
      taskQueue: TASK_QUEUES.main,
      workflowBundle: 'code' in workflows ? workflows : { codePath: workflows.bundlePath },
      activities: {
        ...(deps.wrapDeadlines?.(createDeadlineActivities(deps)) ?? createDeadlineActivities(deps)),
        ...createTimelineActivities(deps),
        ...(deps.wrapCourier?.(createCourierActivities(deps)) ?? createCourierActivities(deps)),
        ...createImportStepActivities(deps),
        ...createBulkStepActivities(deps),
      },
      // About 0.15 MB each: deadlines sleep for days and are cheap to bring back.
      maxCachedWorkflows: 500,
      maxConcurrentLocalActivityExecutions: 8,
    }),
    await create({
      taskQueue: TASK_QUEUES.mail,
      activities: createDeliverActivities(deps),
      maxConcurrentActivityTaskExecutions: 4,
    }),
    await create({
      taskQueue: TASK_QUEUES.files,
      activities: { ...createImportActivities(deps), ...createBulkActivities(deps) },
      maxConcurrentActivityTaskExecutions: 2,
    }),
  ]
}
