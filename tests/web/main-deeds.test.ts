import { expect, test } from 'vitest'
import { awaitedOf, type Waiting } from '../../web/src/pages/obligations/main-deeds.ts'

const MINE = ['sn.ak.zy.maoba']
const row = (assignment: string, code = 'sn.ak.zy.maoba', acknowledgedAt: string | null = null): Waiting => ({
  ...{ acknowledgedAt, holder: { assignment, office: { code } } },
})
const [ours, theirs] = [row('review'), row('review', 'sn.ak.zy.donghe')]
const signed = row('perform', MINE[0], '2022-06-06T01:10:00Z')

test.each<[string, Waiting[], string[]]>([
  ['our review: pass and return', [ours, ours], ['accept', 'return']],
  ['our work: signing for it', [row('perform'), row('perform')], ['acknowledge']],
  ['work of which some is signed for', [row('perform'), signed], []],
  ['reviews of others too', [ours, theirs], []],
  ['reviews and work', [ours, row('perform')], []],
  ['nobody any more', [{ acknowledgedAt: null, holder: null }], []],
  ['nothing, where nothing is chosen', [], []],
])('what is chosen waits for %s', (_what, rows, awaited) => {
  expect(awaitedOf(rows, MINE)).toEqual(awaited)
})
