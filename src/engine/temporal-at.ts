import { Connection, type ConnectionOptions } from '@temporalio/client'
import { NativeConnection } from '@temporalio/worker'

/** Where Temporal is, and what is shown to it: client and workers connect alike. */
export type TemporalAt = {
  address: string
  tls?: Exclude<ConnectionOptions['tls'], boolean | null | undefined>
  apiKey?: string
}

export function connectClient(at: TemporalAt): Promise<Connection> {
  return Connection.connect(at)
}

export function connectWorkers(at: TemporalAt): Promise<NativeConnection> {
  return NativeConnection.connect(at)
}
