import { expect, test } from 'vitest'
import { replyToOf } from '../../src/mail/reply-to.ts'

const from = { name: '督办', address: 'robot@duban.example' }

test.each([
  ['the settings’ own address', 'help@county.example', 'jiuzhu@county.example', 'help@county.example'],
  [
    'the county’s contact where the settings name nobody',
    null,
    'jiuzhu@county.example',
    'jiuzhu@county.example',
  ],
  ['the sender where the contact is no address', null, '救助中心 0915-1234567', from.address],
  ['the sender where the contact names two', null, 'a@b.example,c@d.example', from.address],
  ['the sender where no county is known', null, null, from.address],
])('an answer goes to %s', (_, replyTo, contact, expected) => {
  expect(replyToOf({ from, replyTo }, contact)).toBe(expected)
})
