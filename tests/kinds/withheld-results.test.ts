import { expect, test } from 'vitest'
import { WITHHELD, withheldOf } from '../../src/api/ledgers/ledger-rows.ts'
import { KIND_CODES, kindOf } from '../../src/kinds/kinds.ts'
import { mergeTexts, splitTexts } from '../../src/kinds/result-texts.ts'

const DAYS = { issuedOn: '2022-06-01', today: '2022-06-10' }

test.each(KIND_CODES)('a result of %s is one of its kind also where its texts are withheld', (code) => {
  const kind = kindOf(code)
  const sample = kind.sampleResult((of) => of[0]!, DAYS)
  const { codes, texts } = splitTexts(kind.split(sample).codes, kind.texts)
  const covered = withheldOf(code, null, texts)
  const shown = kind.storedResult.safeParse(mergeTexts(codes, covered))
  expect(shown.error?.issues ?? []).toEqual([])
  if (Object.keys(texts).length > 0) expect(JSON.stringify(covered)).toContain(WITHHELD)
})

test('what was found in a look-back is withheld, and what was looked at is not', () => {
  const found = { policy: 'due-exit', finding: '赵小河一户已迁出', problem: true }
  expect(withheldOf('launch', { lookBack: [found] }, {})).toEqual({
    lookBack: [{ policy: 'due-exit', finding: WITHHELD, problem: true }],
  })
})
