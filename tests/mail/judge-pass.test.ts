import { expect, test } from 'vitest'
import type { Fate } from '../../src/mail/classify.ts'
import { type Attempt, judgePass } from '../../src/mail/judge-pass.ts'

const taken: Fate = { kind: 'accepted', reply: '250 ok' }
const policy: Fate = { kind: 'halt', reason: 'refused', reply: '550 5.7.1 relaying denied' }
const login: Fate = { kind: 'halt', reason: 'login', reply: '535 no' }
const unclear: Fate = { kind: 'failed', about: 'unclear', reply: '550 refused' }
const unknown: Fate = { kind: 'failed', about: 'reader', reply: '550 user unknown' }
const tooLarge: Fate = { kind: 'failed', about: 'mail', reply: '552 too large' }

const pass = (...fates: Fate[]): Attempt[] =>
  fates.map((fate, i) => ({ person: `p${i}`, fate, othersTakenSince: false }))
const judged = (attempts: Attempt[], earlier: { person: string; reply: string }[] = []) =>
  judgePass(attempts, earlier).map((fate) => (fate.kind === 'halt' ? fate.reason : fate.kind))

test.each<[string, Fate[], string[]]>([
  ['a refusal about us holds all', [policy], ['refused']],
  ["a refusal about us is one reader's where another is reached", [policy, taken], ['retry', 'accepted']],
  ['a refused login holds all, whoever was reached', [login, taken], ['login', 'accepted']],
  ['one unclear refusal is final', [unclear], ['failed']],
  ['several alike are about us', [unclear, unclear], ['alike', 'alike']],
  [
    'several alike are theirs where another is reached',
    [unclear, unclear, taken],
    ['failed', 'failed', 'accepted'],
  ],
  ['two unknown readers are two unknown readers', [unknown, unknown], ['failed', 'failed']],
  ['three in the same words are no coincidence', [unknown, unknown, unknown], ['alike', 'alike', 'alike']],
  [
    'mails too large are too large, however many',
    [tooLarge, tooLarge, tooLarge],
    ['failed', 'failed', 'failed'],
  ],
])('%s', (_, fates, expected) => {
  expect(judged(pass(...fates))).toEqual(expected)
})

test('an unclear refusal is held against those since the last mail that was taken', () => {
  expect(judged(pass(unclear), [{ person: 'other', reply: '550 refused' }])).toEqual(['alike'])
  expect(judged(pass(unclear), [{ person: 'p0', reply: '550 refused' }])).toEqual(['failed'])
  expect(judged(pass(unclear), [{ person: 'other', reply: '550 of another kind' }])).toEqual(['failed'])
})

test("what was refused before somebody else was reached is the reader's own", () => {
  const attempts = pass(policy, unclear, unclear).map((attempt) => ({ ...attempt, othersTakenSince: true }))
  expect(judged(attempts)).toEqual(['retry', 'failed', 'failed'])
})

test('what is put off while others are reached is put off by its own reader', () => {
  const putOff: Fate = { kind: 'retry', reason: 'connection', reply: 'gone', about: 'us' }
  const about = (fates: Fate[]) => fates.map((fate) => fate.kind === 'retry' && fate.about)
  expect(about(judgePass(pass(putOff, putOff), []))).toEqual(['us', 'us'])
  expect(about(judgePass(pass(putOff, taken), []))).toEqual(['reader', false])
  expect(about(judgePass([{ person: 'p', fate: putOff, othersTakenSince: true }], []))).toEqual(['reader'])
})
