import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import {
  type Fault,
  type Faults,
  refusalAtMail,
  refusalAtRcpt,
  senderOf,
  SmtpRefusal,
} from './inbox-faults.ts'
import { type InboxEntry, type InboxMail, readEntry, readMail, traceLines } from './inbox-message.ts'
import { openInboxStore, type InboxStore } from './inbox-store.ts'

export type { Fault, Faults } from './inbox-faults.ts'
export type { InboxEntry, InboxMail } from './inbox-message.ts'

const MAX_BYTES = 8 * 1024 * 1024

/** A mail that is safely kept, before its 250 is sent. `raw` begins with the inbox's own trace lines. */
export type ArrivedMail = { id: string; from: string; to: string[]; receivedAt: Date; raw: Buffer }

export type TrialInboxOptions = {
  dir: string
  /** An error when the port is taken. Without a number, any free port. */
  port?: number
  /** How many mails are kept; older ones are removed. */
  keep?: number
  faults?: Faults
}

export interface TrialInbox {
  readonly smtpUrl: string
  /** Newest first. `before` is the id of the last mail seen. */
  list(page?: { limit?: number; before?: string }): Promise<InboxEntry[]>
  get(id: string): Promise<InboxMail | null>
  count(): number
  /**
   * Calls back in order of arrival. A callback that throws defers the mail (451). Returns the function that
   * stops it.
   */
  onMail(callback: (mail: ArrivedMail) => void): () => void
  close(): Promise<void>
}

/** A real SMTP server on loopback that keeps its mail and forwards nothing. Mail of the trial mode ends here. */
export async function startTrialInbox(options: TrialInboxOptions): Promise<TrialInbox> {
  const store = await openInboxStore(options.dir, options.keep ?? 5_000)
  const listeners = new Set<(mail: ArrivedMail) => void>()
  const server = smtpServer(options.faults ?? (() => null), async (session, message) => {
    const arrival = {
      from: senderOf(session),
      to: session.envelope.rcptTo.map((r) => r.address),
      receivedAt: new Date(),
    }
    const raw = Buffer.concat([Buffer.from(traceLines(arrival)), message])
    const mail = { ...arrival, raw, id: await store.add(raw) }
    for (const tell of listeners) tell(mail)
  })
  const port = await listen(server, options.port ?? 0)
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    list: ({ limit = 50, before } = {}) => readEntries(store, store.ids({ limit, before })),
    async get(id) {
      const raw = await store.read(id)
      return raw && readMail(id, raw)
    },
    count: () => store.count(),
    onMail(callback) {
      listeners.add(callback)
      return () => void listeners.delete(callback)
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

async function readEntries(store: InboxStore, ids: string[]): Promise<InboxEntry[]> {
  const found = await Promise.all(
    ids.map(async (id) => {
      const raw = await store.read(id)
      return raw ? [await readEntry(id, raw)] : []
    }),
  )
  return found.flat()
}

type Keep = (session: SMTPServerSession, message: Buffer) => Promise<void>

function smtpServer(faults: Faults, keep: Keep): SMTPServer {
  const faultOf = new WeakMap<object, Fault>()
  const server: SMTPServer = new SMTPServer({
    banner: 'Duban trial inbox',
    size: MAX_BYTES,
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 300,
    onAuth(auth, _session, done) {
      if (faults({ from: '', to: [] })?.kind === 'auth-fail')
        done(new SmtpRefusal(535, 'Authentication failed'))
      else done(null, { user: auth.username })
    },
    onMailFrom(address, _session, done) {
      done(refusalAtMail(faults({ from: address.address, to: [] })))
    },
    onRcptTo(address, session, done) {
      const fault = faults({ from: senderOf(session), to: [address.address] })
      if (fault) faultOf.set(session.envelope, fault)
      done(refusalAtRcpt(fault))
    },
    onData(stream, session, done) {
      const fault = faultOf.get(session.envelope) ?? null
      if (fault?.kind === 'drop-mid-data') stream.once('data', () => hangUp(server, session))
      receive(stream)
        .then(async (message) => {
          if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms))
          // When the mail is too large, the server answers 552 by itself.
          if (!stream.sizeExceeded) await keep(session, message)
          if (fault?.kind === 'drop-after-dot') hangUp(server, session)
          else done()
        })
        .catch((error: Error) => done(new SmtpRefusal(451, `Not kept: ${error.message}`)))
    },
  })
  // A client that vanishes is no failure of the inbox. Without a listener the event would end the process.
  server.on('error', () => undefined)
  return server
}

async function receive(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function hangUp(server: SMTPServer, session: SMTPServerSession): void {
  for (const connection of server.connections)
    if (connection.session === session) connection._socket.destroy()
}

function listen(server: SMTPServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve((server.server.address() as AddressInfo).port)
    })
  })
}
