import { expect, it } from 'vitest'
import type { MailTransport, OutgoingMail } from '../../src/mail/transport.ts'
import { doubleMail } from '../../src/rehearsal/faults.ts'

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
