import { expect, test } from 'vitest'
import type { Me } from '../../web/src/session/use-me.ts'
import { menuOf } from '../../web/src/shell/menu.ts'

function personWith(codes: string[], openInbox = false): Me {
  return { permissions: codes.map((code) => ({ code, label: '' })), openInbox } as unknown as Me
}
const names = (me: Me | undefined) => menuOf(me).map(({ name }) => name)

test('an officer sees their work and their mails', () => {
  expect(names(personWith(['obligations:read', 'mails:read']))).toEqual([
    ...['overview', 'obligations', 'comparisons', 'screenings', 'problems', 'mails'],
  ])
})

test('the trial inbox stands there only in a trial', () => {
  expect(names(personWith([], true))).toContain('inbox')
  expect(names(personWith([], false))).not.toContain('inbox')
})

test('before anybody is known there is only what everybody has', () => {
  expect(names(undefined)).toEqual(['overview'])
})
