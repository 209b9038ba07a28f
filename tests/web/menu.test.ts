import { expect, test } from 'vitest'
import type { Me } from '../../web/src/session/use-me.ts'
import { menuOf, pagesOf } from '../../web/src/shell/menu.ts'

function personWith(codes: string[], openInbox = false): Me {
  return { permissions: codes.map((code) => ({ code, label: '' })), openInbox } as unknown as Me
}
const names = (me: Me | undefined) =>
  menuOf(me)
    .flatMap(pagesOf)
    .map(({ name }) => name)

test('an officer sees their work and their mails', () => {
  expect(names(personWith(['obligations:read', 'mails:read']))).toEqual([
    ...[
      'overview',
      'obligations',
      'comparisons',
      'screenings',
      'problems',
      'hand-overs',
      'roster',
      'samples',
      'statistics',
    ],
    'mails',
  ])
})

test('the trial inbox stands there only in a trial', () => {
  expect(names(personWith([], true))).toContain('inbox')
  expect(names(personWith([], false))).not.toContain('inbox')
})

test('before anybody is known there is only what everybody has', () => {
  expect(names(undefined)).toEqual(['overview'])
})

test('pages of one work stand under one word, unless only one of them is left', () => {
  const words = (me: Me) => menuOf(me).map((entry) => [entry.word, pagesOf(entry).length])
  const reads = ['obligations:read', 'mails:read']
  expect(words(personWith(reads, true))).toEqual([
    ...[
      ['menu.overview', 1],
      ['menu.obligations', 1],
      ['menu.campaignWork', 7],
      ['menu.mails', 2],
    ],
  ])
  expect(menuOf(personWith(reads)).at(-1)).toMatchObject({ name: 'mails' })
})

test('whoever manages campaigns plans the year', () => {
  expect(names(personWith(['obligations:read']))).not.toContain('year-plan')
  expect(names(personWith(['obligations:read', 'campaigns:manage']))).toContain('year-plan')
})
