import pino, { type Logger } from 'pino'
import { type LiveKeyring, liveKeyring } from '../../engine/live-keyring.ts'
import type { DataDir } from '../../engine/embedded/data-dir.ts'
import type { MasterKey } from '../../services/vault/master-key.ts'
import { startTrialInbox, type TrialInbox } from '../../mail/trial-inbox.ts'
import { createTransport, type MailTransport } from '../../mail/transport.ts'
import type { Config } from '../config/config-schema.ts'
import { openDatabase, type RunningDatabase } from './database.ts'
import { keyTrouble, masterKeyOf } from './master-key.ts'
import { makePartsBoard, type PartsBoard } from './parts.ts'
import { openPools, type Pools } from './pools.ts'

/** What is to be ended, last begun first. */
export type Disposers = (() => Promise<unknown> | void)[]

/** What everything else of the service stands on: database, mail, keys. */
export type Services = {
  data: DataDir
  log: Logger
  board: PartsBoard
  database: RunningDatabase
  pools: Pools
  /** Where mail stays in trial mode. */
  inbox: TrialInbox | null
  transport: MailTransport
  masterKey: MasterKey
  keys: LiveKeyring
}

type Options = { throwaway?: boolean; onPart?: Parameters<PartsBoard['onChange']>[0]; log?: Logger }

/** Opens them in the order in which they need each other; what is to be ended again is added to `disposers`. */
export async function openServices(
  config: Config,
  options: Options,
  data: DataDir,
  disposers: Disposers,
): Promise<Services> {
  const log = options.log ?? pino({ level: config.LOG_LEVEL }, pino.destination(2))
  const board = makePartsBoard()
  if (options.onPart) board.onChange(options.onPart)
  const database = await openDatabase(config, data, board, log, options.throwaway)
  disposers.push(() => database.stop())
  const pools = openPools(database, log)
  disposers.push(() => pools.end())
  const mail = await openMail(config, data, board, disposers)
  if (!config.DUBAN_MASTER_KEY) data.secret('master-key', 32)
  const masterKey = masterKeyOf(config)
  const keys = await liveKeyring(pools.owner, masterKey, {
    onError: keyTrouble(log),
  })
  disposers.push(() => keys.stop())
  return { data, log, board, database, pools, ...mail, masterKey, keys }
}

/** To the mail server that is configured, or into an inbox of our own. */
async function openMail(
  config: Config,
  data: DataDir,
  board: PartsBoard,
  disposers: Disposers,
): Promise<Pick<Services, 'inbox' | 'transport'>> {
  const inbox = config.SMTP_URL ? null : await startTrialInbox({ dir: data.file('inbox'), keep: 20_000 })
  if (inbox) disposers.push(() => inbox.close())
  const smtpUrl = config.SMTP_URL ?? inbox?.smtpUrl ?? ''
  const detail = inbox ? '邮件留在试用邮箱' : new URL(smtpUrl).host
  board.set({ name: 'mail', mode: inbox ? 'trial' : 'smtp', state: 'ready', detail })
  const transport = createTransport(smtpUrl, { connections: 8 })
  disposers.push(() => transport.close())
  return { inbox, transport }
}
