import type { Fate } from '../../../src/mail/classify.ts'
import type { OutgoingMail } from '../../../src/mail/outgoing.ts'

/** Letters are kept in `mails` instead of sent; while `taken` is false the server refuses them. `deps`: for `buildTestApp`. */
export function keptLetters() {
  const kept = { mails: [] as OutgoingMail[], taken: true }
  const deps = {
    letters: {
      dashboardUrl: 'http://127.0.0.1:1',
      from: { name: '督办', address: 'robot@duban.example' },
      replyTo: null,
      ...{ mailDomain: 'duban.example', trial: true },
    },
    transport: {
      send: (mail: OutgoingMail) =>
        Promise.resolve(kept.mails.push(mail)).then((): Fate =>
          kept.taken ? { kind: 'accepted', reply: '250 ok' } : { kind: 'failed', reply: '550 no' },
        ),
    },
  }
  return { kept, deps }
}
