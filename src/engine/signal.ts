import { type Client, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/client'
import {
  pokeSignal,
  TASK_QUEUES,
  WORKFLOW_OF_KIND,
  workflowId,
  type WorkflowKind,
} from '../contract/workflows.ts'

/** Starts the workflow that watches a subject, or reaches the one that runs: one call, one id, any number of times. */
export async function signalPoke(
  client: Client,
  watch: { kind: WorkflowKind; subject: string },
  upTo: number,
): Promise<void> {
  await client.workflow.signalWithStart(WORKFLOW_OF_KIND[watch.kind], {
    workflowId: workflowId(watch.kind, watch.subject),
    taskQueue: TASK_QUEUES.main,
    args: [watch.subject],
    signal: pokeSignal,
    signalArgs: [upTo],
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
  })
}
