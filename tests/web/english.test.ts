import { readdirSync, readFileSync } from 'node:fs'
import { expect, it, test } from 'vitest'
import { REFUSAL_CODES } from '../../src/api/http/refusal-codes.ts'
import { formOf } from '../../src/contract/api/action-fields.ts'
import { FIELD_RULES } from '../../src/contract/api/common.ts'
import { FIELD_WORDS } from '../../src/contract/field-words.ts'
import { UNACCOUNTED_LABELS } from '../../src/domain/escalation/standing-check.ts'
import { ACTIONS } from '../../src/domain/obligation/actions.ts'
import { codesOf } from '../../src/domain/obligation/vocabulary.ts'
import { EXTENSION_STATE_LABELS } from '../../src/domain/obligation/request-words.ts'
import { KIND_CODES } from '../../src/kinds/kinds.ts'
import { FILE_RULES } from '../../src/ledgers/refusals.ts'
import { ROW_RULES } from '../../src/ledgers/row-error.ts'
import { type Input, inputsOf } from '../../web/src/pages/item/form-inputs.ts'
import { choiceKeys, fieldKeys, nameOf } from '../../web/src/pages/item/word-keys.ts'
import { en } from '../../web/src/words/en.ts'
import { faultEn } from '../../web/src/words/faults.en.ts'
import { FIELDS_EN } from '../../web/src/words/fields.en.ts'
import { FILE_RULES_EN, ROW_RULES_EN } from '../../web/src/words/import-rules.en.ts'
import { problemEn, PROBLEMS_EN } from '../../web/src/words/refusals.en.ts'
import { EXTENSION_STATES_EN, REFUSALS_EN } from '../../web/src/words/server.en.ts'
import { standingLines } from '../../web/src/words/server-words.ts'
import { SENTENCES_EN, sentenceEn } from '../../web/src/words/sentences.en.ts'
import { UNACCOUNTED_EN } from '../../web/src/words/standing.en.ts'
import { sentencesOfServer } from './server-sentences.ts'
import { Problem } from '../../web/src/api/problem.ts'
import { loadEnglish, shownLanguage } from '../../web/src/words/shown-language.ts'

const HAN = /\p{Script=Han}/u
const keys = (table: object) => Object.keys(table).sort()
const SRC = new URL('../../src/', import.meta.url)

/** Every code that some line of the server refuses with, whatever list it stands in. */
function codesInSource(): string[] {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
  const found = files.flatMap((path) => {
    const text = readFileSync(new URL(path, SRC), 'utf8')
    return [
      ...text.matchAll(/new ApiError\(\s*\d+,\s*'([a-z-]+)'/g),
      ...text.matchAll(/refused: '([a-z]+-[a-z-]+)'/g),
    ].map(([, code = '']) => code)
  })
  return [...new Set(found)]
}

it('every refusal of the API has its English, by its code', () => {
  const codes = [...new Set([...REFUSAL_CODES, ...codesInSource()])]
  expect(codes.length).toBeGreaterThan(REFUSAL_CODES.length + 15)
  const generic = problemEn('bad-whatever')?.text
  for (const code of codes) {
    const text = problemEn(code)?.text
    expect(text, code).toMatch(/^[A-Z].*\.$/)
    expect(text, code).not.toMatch(HAN)
    expect(text, code).not.toContain('{')
    if (!code.startsWith('bad-')) expect(text, code).not.toBe(generic)
  }
  expect(problemEn('of-a-later-version')).toBeNull()
})

it('no English is kept for a code that nothing refuses with', () => {
  const known = new Set<string>([...REFUSAL_CODES, ...codesInSource(), ...keys(REFUSALS_EN)])
  const OF_PAGES = ['fault']
  expect(keys(PROBLEMS_EN).filter((code) => !known.has(code) && !OF_PAGES.includes(code))).toEqual([])
})

it('a refusal that names numbers says them in English too', () => {
  expect(problemEn('count-changed', { count: 3, expected: 5 })?.text).toContain('3 now, and not the 5')
  expect(problemEn('too-many-attempts', { seconds: 30 })?.text).toContain('30 seconds')
})

it('every field of a request has its English', () => {
  expect(keys(FIELDS_EN)).toEqual(keys(FIELD_WORDS))
  for (const [name, text] of Object.entries(FIELDS_EN)) {
    expect(text, name).toMatch(/^[A-Z]/)
    expect(text, name).not.toMatch(HAN)
  }
})

it('every rule of a field is said in English, with the field and the limit', () => {
  for (const rule of FIELD_RULES) {
    const text = faultEn('/body/result/lookBack/0/finding', rule, { limit: 7 })
    expect(text, rule).toContain('“What was found”')
    expect(text, rule).toMatch(/\.$/)
    expect(text, rule).not.toContain('undefined')
  }
  expect(faultEn('/body/title', 'too-long', { limit: 60 })).toBe('“Title” must have at most 60 characters.')
})

it('a refusal is in the language of the page, and follows it', async () => {
  const problem = new Problem(422, {
    ...{ code: 'invalid', detail: '有的内容不合要求,请按所列的逐项修改。' },
    errors: [{ pointer: '/body/title', message: '缺少“标题 title”', rule: 'missing' }],
  })
  const named = new Problem(409, { code: 'not-now', detail: '第 3 版规则从 2022-07-01 起生效,到那天再改。' })
  const vague = new Problem(409, { code: 'not-now', detail: '以后的版本才有的句子。' })
  expect(problem.faults[0]?.message).toBe('缺少“标题 title”')
  await loadEnglish()
  shownLanguage.value = 'en'
  expect(problem.detail).not.toMatch(HAN)
  expect(problem.faults).toEqual([{ pointer: '/body/title', message: '“Title” is missing.' }])
  expect(named.detail).toBe('Version 3 of the policy is in force from 2022-07-01; rebase on that day.')
  // The code says less than the sentence: it stands behind.
  expect(vague.detail).toBe('This is not possible now. (以后的版本才有的句子。)')
  shownLanguage.value = 'zh-CN'
  expect(problem.detail).toMatch(HAN)
})

/** Those of a form, those inside of lists too; the one value of a row has the name of its list. */
const allInputs = (inputs: readonly Input[]): Input[] =>
  inputs.flatMap((input) => [
    input,
    ...allInputs(
      (input.fields ?? []).map((field) => (field.path === '' ? { ...field, path: input.path } : field)),
    ),
  ])

function isInEnglish(key: string): boolean {
  const found = key.split('.').reduce<unknown>((at, step) => (at as Record<string, unknown>)?.[step], en)
  return typeof found === 'string'
}

test.each(KIND_CODES)('every field and every choice of the forms of %s has its English', (kind) => {
  const inputs = codesOf(ACTIONS).flatMap((action) => allInputs(inputsOf(formOf(action, kind))))
  expect(inputs.length).toBeGreaterThan(10)
  const bare = inputs.filter(
    ({ path }) => path !== '' && !fieldKeys(path, kind).some(isInEnglish) && !(nameOf(path) in FIELDS_EN),
  )
  const choices = inputs.flatMap(({ path, codes = [] }) => codes.map((code) => ({ path, code })))
  const unsaid = choices.filter(({ path, code }) => !choiceKeys(path, code, kind).some(isInEnglish))
  expect({ bare: bare.map(({ path }) => path), unsaid }).toEqual({ bare: [], unsaid: [] })
})

it('every rule for a file and for its rows has its English', () => {
  expect(keys(ROW_RULES_EN)).toEqual(keys(ROW_RULES))
  expect(keys(FILE_RULES_EN)).toEqual(keys(FILE_RULES))
  for (const text of [...Object.values(ROW_RULES_EN), ...Object.values(FILE_RULES_EN)]) {
    expect(text).toMatch(/^[A-Z].*\.$/)
    expect(text).not.toMatch(HAN)
  }
})

it('the standing check says in English what it says in Chinese: the watch, the calendar, the roster, the accounts', async () => {
  expect(keys(UNACCOUNTED_EN)).toEqual(keys(UNACCOUNTED_LABELS))
  expect(keys(EXTENSION_STATES_EN)).toEqual(keys(EXTENSION_STATE_LABELS))
  const check = {
    ...{ state: 'watched-again' as const, unwatched: 2, message: '常态核查:2 项' },
    calendar: { missingYear: 2027, provisional: 4, message: '缺 2027 年' },
    roster: { total: 9, covered: 3, reached: 4, owed: 1, unreached: 1, message: '名册 9 户' },
    accounts: [{ message: '还没有交代', items: [{ code: 'mails' as const, count: 5 }] }],
  }
  const lines = standingLines(check, await loadEnglish())
  expect(lines.map(({ name, well }) => [name, well])).toEqual([
    ...[
      ['watched', false],
      ['calendar', false],
      ['roster', false],
      ['accounts-0', false],
    ],
  ])
  for (const { text } of lines) expect(text).not.toMatch(HAN)
  expect(lines.map(({ text }) => text).join(' ')).toMatch(/2 items.*2027.*4 open.*9 households.*5 mails/)
  expect(standingLines(check, null).map(({ text }) => text)).toContain('缺 2027 年')
})

/** Sentences made of sentences: those are here in full. */
const TOGETHER: ReadonlySet<string> = new Set([
  ...['{}', '{}。', '{}办理。', '日期不对:{}。', '{} 字段{}。', '{}下面{}。', '只有{}的导入才能这样做。'],
  '这次暂停 {} 个工作日,以前已暂停 {} 个,超过本县规则每件最多 {} 个工作日。{}再长的由{}决定。',
])

it('a sentence of the server whose code says less than it, or that has none, has English of its own', () => {
  const sentences = sentencesOfServer()
  expect(sentences.length).toBeGreaterThan(150)
  const bare = sentences.filter(({ text, code }) => {
    // What only puts together what was put into words before.
    if (TOGETHER.has(text) || (code !== null && problemEn(code)?.exact)) return false
    return sentenceEn(text.replaceAll('{}', '“甲”')) === null
  })
  expect(bare.map(({ file, text }) => `${file}: ${text}`)).toEqual([])
})

it('no English sentence has Chinese in it, and each names as much as its Chinese does', () => {
  for (const [chinese, text] of Object.entries(SENTENCES_EN)) {
    expect(text, chinese).not.toMatch(HAN)
    const most = chinese.split('{}').length - 1
    for (const [, nth] of text.matchAll(/\{(\d)\}/g)) expect(Number(nth), chinese).toBeLessThan(most)
  }
})
