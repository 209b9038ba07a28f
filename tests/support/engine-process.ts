// An engine in a process of its own, to be killed: database, Temporal's address and namespace, SMTP, file of the bundle.
import { Client, Connection } from '@temporalio/client'
import { createPool } from '../../src/db/pool.ts'
import { startRelay } from '../../src/engine/relay.ts'
import { startWorkers } from '../../src/engine/worker.ts'
import { log, makeWorkerDeps } from './worker-deps.ts'

const [databaseUrl = '', address = '', namespace = '', smtpUrl = '', bundlePath = ''] = process.argv.slice(2)
const pool = createPool(databaseUrl)
await startWorkers({ address, namespace }, { bundlePath }, makeWorkerDeps(pool, smtpUrl))
const client = new Client({ connection: await Connection.connect({ address }), namespace })
startRelay({ pool, databaseUrl, client, log })
console.log('ready')
