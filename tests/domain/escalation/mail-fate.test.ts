import { describe, expect, test } from 'vitest'
import { mailFateOf, toldFateOf } from '../../../src/domain/escalation/mail-fate.ts'

const mail = { refusalAbout: null, bounced: false } as const

describe('the fate of a mail', () => {
  test.each([
    [{ ...mail, state: 'queued' }, 'waiting'],
    [{ ...mail, state: 'queued', refusalAbout: 'reader' }, 'deferred'],
    [{ ...mail, state: 'queued', refusalAbout: 'us' }, 'waiting'],
    [{ ...mail, state: 'sending' }, 'sending'],
    [{ ...mail, state: 'accepted' }, 'delivered'],
    [{ ...mail, state: 'failed' }, 'undeliverable'],
    [{ ...mail, state: 'failed', refusalAbout: 'mail' }, 'refused'],
    [{ ...mail, state: 'failed', bounced: true }, 'bounced'],
    [{ ...mail, state: 'superseded' }, 'superseded'],
    [{ ...mail, state: 'superseded', bounced: true }, 'superseded'],
    [{ ...mail, state: 'moot', bounced: true }, 'moot'],
  ] as const)('%j is %s', (outcome, fate) => expect(mailFateOf(outcome)).toBe(fate))
})

describe('what became of telling somebody', () => {
  test('stands on the line until a mail holds it', () => {
    expect(toldFateOf('queued', null)).toBe('next-round')
    expect(toldFateOf('moot', null)).toBe('not-sent')
  })
  test('is the fate of the mail, where the reader may see it', () => {
    expect(toldFateOf('mailed', { ...mail, state: 'accepted' })).toBe('delivered')
    expect(toldFateOf('mailed', null)).toBe('out-of-scope')
  })
})
