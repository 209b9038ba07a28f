import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { hasNothingLeft } from '../../src/ledgers/nothing-left.ts'
import { heldFile, holdFile, queueSheets } from '../../web/src/pages/imports/held-files.ts'
import { mailWords } from '../../web/src/pages/imports/mail-words.ts'
import { leftWords, mustWait } from '../../web/src/pages/imports/mend-rows.ts'
import { offersAgain } from '../../web/src/pages/imports/offers-again.ts'
import { nearMeaning } from '../../web/src/pages/imports/word-choices.ts'
import { importsZhCN } from '../../web/src/words/imports.zh-CN.ts'

const late = (alreadyLate: number) => ({ accepted: 11, forecast: { alreadyLate } })

it('who is mailed goes by what is ticked: all, some or none of the new ones', () => {
  expect(mailWords(late(11), false)).toMatchObject({ key: 'how' })
  expect(mailWords(late(11), true)).toEqual({ key: 'silentAll', late: 11, rest: 0 })
  expect(mailWords(late(4), true)).toEqual({ key: 'silent', late: 4, rest: 7 })
  expect(mailWords(late(0), true)).toMatchObject({ key: 'how' })
})

it('all sheets of a workbook are read one after the other, as long as the page has its file', () => {
  const file = new File(['x'], '台账.xlsx')
  expect(heldFile('im_1')).toBeNull()
  expect(queueSheets('im_0', ['六月', '七月'])).toBe('六月')
  holdFile('im_1', file)
  expect(queueSheets('im_1', ['六月', '七月', '八月'])).toBe('六月')
  expect(heldFile('im_1')).toEqual({ file, next: ['七月', '八月'] })
})

it('mended cells are not sent once more upon another sheet, nor where its columns are read otherwise', () => {
  const town = { name: '乡镇', field: 'town' }
  const asked = { kind: 'warnings' as const, completeFrom: null, sheet: '六月', columns: [town] }
  const mend = { action: 'mend' as const }
  expect(offersAgain(mend, asked, { ...asked, columns: [{ ...town }] })).toBe(true)
  expect(offersAgain(mend, asked, { ...asked, sheet: '七月' })).toBe(false)
  expect(offersAgain(mend, asked, { ...asked, columns: [{ ...town, field: 'village' }] })).toBe(false)
  expect(offersAgain({ action: 'map' }, asked, asked)).toBe(false)
  expect(offersAgain({ action: 'apply' }, asked, asked)).toBe(true)
  expect(offersAgain({ action: 'apply' }, asked, { ...asked, completeFrom: '2022-06-01' })).toBe(false)
})

it('the bar promises mending in place only where the page offers it', () => {
  const error = {
    ...{ row: 3, column: '乡镇', rule: 'unknown-town', message: '', found: null },
    ...{ externalId: null, household: null, mendable: true },
  }
  const one = {
    ...{ settles: true, kind: 'warnings' as const, state: 'validated' as const, hasDecided: false },
    ...{ columns: [], errors: [error] },
  }
  expect(leftWords(one)).toBe('imports.apply.without')
  for (const less of [
    { settles: false },
    { kind: 'withdrawals' as const },
    { hasDecided: true },
    { errors: [{ ...error, mendable: false }] },
    { errors: [{ ...error, rule: 'repeated' }] },
    { errors: [{ ...error, rule: 'remark' }] },
  ])
    expect(leftWords({ ...one, ...less }), JSON.stringify(less)).toBe('imports.apply.left')
  // Once it is registered, what was decided stands, and the rest goes as an import of its own.
  expect([
    mustWait({ state: 'validated', hasDecided: true }),
    mustWait({ state: 'applied', hasDecided: true }),
  ]).toEqual([true, false])
  expect(
    [importsZhCN.apply.without, importsZhCN.apply.left].map((text) => text.includes('在下面改')),
  ).toEqual([true, false])
})

it('the near town is proposed for a word, and nothing for a level', () => {
  const town = [
    { code: 'a', name: '城关镇' },
    { code: 'b', name: '洞河镇' },
  ]
  expect(nearMeaning({ field: 'town', word: '城关街道办' }, { town })?.code).toBe('a')
  expect(nearMeaning({ field: 'town', word: '汉阴镇' }, { town })).toBeUndefined()
  expect(nearMeaning({ field: 'level', word: '城关' }, { town })).toBeUndefined()
})

it('a checked file leaves nothing when no row is new or changed', () => {
  const checked = { state: 'validated', kind: 'warnings', accepted: 0, changed: 0 }
  expect(hasNothingLeft(checked)).toBe(true)
  for (const more of [{ changed: 1 }, { accepted: 1 }, { state: 'applied' }, { completeFrom: '2022-06-01' }])
    expect(hasNothingLeft({ ...checked, ...more })).toBe(false)
})

it('how a file was read is a list of its own look: the grid of facts would put two bullets in a line', () => {
  const page = readFileSync(
    new URL('../../web/src/pages/imports/recognised-facts.vue', import.meta.url),
    'utf8',
  )
  expect(page).toContain('<ul class="reading">')
  expect(page).not.toContain('facts"')
})
