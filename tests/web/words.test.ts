import { expect, it } from 'vitest'
import { INBOXES } from '../../src/domain/obligation/inboxes.ts'
import { KIND_LABELS } from '../../src/kinds/kinds.ts'
import { en } from '../../web/src/words/en.ts'
import { namesIn } from '../../web/src/words/fill.ts'
import { messageCompiler } from '../../web/src/words/index.ts'
import { KIND_LABELS as SHOWN } from '../../web/src/words/kinds.ts'
import { zhCN } from '../../web/src/words/zh-CN.ts'

type Texts = { [key: string]: string | Texts }

function flat(texts: Texts, above = ''): [key: string, text: string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[above + key, value] as const] : flat(value, `${above}${key}.`),
  ) as [string, string][]
}
const parameters = (text: string) => [...new Set(namesIn(text))].sort()

const chinese = new Map(flat(zhCN))
const english = new Map(flat(en))

it('the kinds are called as the program calls them', () => {
  expect(SHOWN).toEqual(KIND_LABELS)
})

it('every inbox has a word in its tab', () => {
  for (const code of Object.keys(INBOXES)) {
    expect(chinese.get(`inbox.${code}`), code).toBeTruthy()
    expect(english.get(`inbox.${code}`), code).toBeTruthy()
  }
})

it('both languages have every text, with the same parameters', () => {
  expect(chinese.size).toBeGreaterThan(150)
  expect([...english.keys()]).toEqual(expect.arrayContaining([...chinese.keys()]))
  for (const [key, text] of english) expect(parameters(text), key).toEqual(parameters(chinese.get(key) ?? ''))
})

it('no English leaks into the Chinese texts, and no Chinese into the English but the name of the language', () => {
  for (const [key, text] of chinese)
    if (key !== 'language.en')
      expect(
        text.replace(/\{\w+\}|JavaScript|HTTP|API|PDF|Excel|WPS|CSV|UTF|GB18030|\.xlsx?/g, ''),
        key,
      ).not.toMatch(/[A-Za-z]{3}/)
  for (const [key, text] of english)
    if (key !== 'language.zh') expect(text, key).not.toMatch(/[\u4e00-\u9fff]/)
})

it('texts are made of words and values alone, so that the small compiler of the app says them whole', () => {
  // A number in English has the word that goes with it beside it; Chinese has one for all.
  const places = [
    [chinese, /\{[a-zA-Z]\w*\}/g],
    [english, /\{[a-zA-Z]\w*(\|[^{}|]*\|[^{}|]*)?\}/g],
  ] as const
  for (const [texts, place] of places)
    for (const [key, text] of texts) expect(text.replace(place, ''), key).not.toMatch(/[{}|@]/)
  const values: Record<string, unknown> = { days: 0, who: '毛坝镇' }
  const said = messageCompiler('{who}:还有 {days} 天{none}')
  expect(said({ named: (name) => values[name] })).toBe('毛坝镇:还有 0 天')
})
