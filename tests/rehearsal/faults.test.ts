import { expect, it } from 'vitest'
import type { MailTransport, OutgoingMail } from '../../src/mail/transport.ts'
import type { WorkerDeps } from '../../src/engine/worker.ts'
import { doubleMail } from '../../src/rehearsal/faults.ts'
import { plant } from '../../src/rehearsal/plant.ts'
import { type Fault, FAULTS } from '../../src/rehearsal/types.ts'

it('the planted double is another mail, and only one mail is doubled', async () => {
  const sent: string[] = []
  let acted = 0
  const transport: MailTransport = {
    send: async ({ messageId }) => {
      sent.push(messageId)
      return { kind: 'accepted', reply: '250 ok' }
    },
    close: async () => {},
  }
  const faulty = doubleMail(transport, { acted: () => void (acted += 1) }, 2)
  for (const id of ['<a@x>', '<b@x>', '<c@x>']) await faulty.send({ messageId: id } as OutgoingMail)
  expect(sent).toEqual(['<a@x>', '<again.b@x>', '<b@x>', '<c@x>'])
  expect(acted).toBe(1)
})

it('faults are planted around one another, and each says that it did something', async () => {
  const acted: Fault[] = []
  const pool = { query: async () => ({ rowCount: 1, rows: [] }) }
  const bare = { pool, transport: { send: async () => ({}), close: async () => {} } } as unknown as WorkerDeps
  const deps = FAULTS.reduce((d, fault) => plant(d, fault, { acted: (of) => acted.push(of) }), bare)
  const ticks = { tickDeadline: async () => {}, tickCourier: async () => {} } as never
  await deps.wrapDeadlines!(ticks).tickDeadline('dl', 1)
  await deps.wrapCourier!(ticks).tickCourier('county', 1)
  // These wait for the twentieth of something.
  const later: Fault[] = ['suppress-firing', 'double-mail', 'lie-standing']
  expect(acted.sort()).toEqual(FAULTS.filter((fault) => !later.includes(fault)).sort())
})

it('a fault that changed nothing does not say that it did something', async () => {
  const acted: Fault[] = []
  const pool = { query: async () => ({ rowCount: 0, rows: [] }) }
  const deps = plant({ pool } as unknown as WorkerDeps, 'forget-promise', { acted: (of) => acted.push(of) })
  await deps.wrapCourier!({ tickCourier: async () => {} } as never).tickCourier('county', 1)
  expect(acted).toEqual([])
})
