import { randomBytes } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { inject } from 'vitest'

export type TestNamespace = { address: string; namespace: string; client: Client; close(): Promise<void> }

/** A namespace of its own on the suite's server; usable after some 20 ms. */
export async function createNamespace(): Promise<TestNamespace> {
  const address = inject('temporalAddress')
  const namespace = `t-${randomBytes(6).toString('hex')}`
  const connection = await Connection.connect({ address })
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  })
  const client = new Client({ connection, namespace })
  for (let attempt = 0; attempt < 100; attempt++)
    try {
      await client.workflow.count()
      break
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  return { address, namespace, client, close: () => connection.close() }
}
