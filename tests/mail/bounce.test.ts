import { expect, test } from 'vitest'
import { outcomeOf, readBounce } from '../../src/mail/bounce.ts'

/** A bounce as relays send it. */
function dsn({ action = 'failed', status = '5.1.1', returned = 'Message-ID: <ml_1@duban.example>' } = {}) {
  return `From: MAILER-DAEMON@relay.example
To: duban@duban.example
Subject: Undelivered
Message-ID: <bounce@relay.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=utf-8

It did not arrive.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; officer@town.example
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp; 550 ${status} <officer@town.example>:
 user unknown
--B
Content-Type: text/rfc822-headers

${returned}
To: officer@town.example
--B--
`.replaceAll('\n', '\r\n')
}

test('a bounce names our mail, its reader and why', async () => {
  expect(await readBounce(dsn())).toEqual({
    messageId: '<ml_1@duban.example>',
    recipient: 'officer@town.example',
    outcome: 'failed',
    text: '5.1.1 smtp; 550 5.1.1 <officer@town.example>: user unknown',
  })
})

test('a whole returned mail names it as well', async () => {
  const whole = dsn().replace('text/rfc822-headers', 'message/rfc822')
  expect(await readBounce(whole)).toMatchObject({ messageId: '<ml_1@duban.example>' })
})

test('a report without returned headers may answer to our mail', async () => {
  const answering = dsn({ returned: 'Subject: x' }).replace(
    'Subject: Und',
    'In-Reply-To: <ml_2@duban.example>\r\nSubject: Und',
  )
  expect(await readBounce(answering)).toMatchObject({ messageId: '<ml_2@duban.example>' })
})

test('a relay that goes on trying has not given up', async () => {
  expect(await readBounce(dsn({ action: 'delayed', status: '4.4.1' }))).toMatchObject({ outcome: 'delayed' })
})

test('an automatic answer is no bounce', async () => {
  expect(
    await readBounce('From: a@town.example\r\nIn-Reply-To: <ml_1@duban.example>\r\n\r\n我在休假。'),
  ).toBeNull()
})

test.each([
  [null, '5.1.1', 'failed'],
  [null, '4.2.2', 'delayed'],
  [null, '2.0.0', 'arrived'],
  [null, null, 'failed'],
  ['Delivered (final)', '5.0.0', 'arrived'],
])('action %s and status %s say %s', (action, status, outcome) => {
  expect(outcomeOf(action, status)).toBe(outcome)
})
