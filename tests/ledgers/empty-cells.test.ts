import { expect, test } from 'vitest'
import { read, withCells } from './support.ts'

test.each([
  ['预警发布时间', 'bad-date', '预警发布时间为空'],
  ['预警等级', 'unknown-level', '预警等级为空'],
  ['乡镇', 'unknown-town', '乡镇为空'],
])(
  'an empty %s keeps its code and has a sentence of its own, which says what to do',
  async (name, rule, words) => {
    for (const cell of ['', ' ', '无', '-', '#N/A']) {
      const { errors, unknownWords } = await read(withCells({ [name]: cell }))
      expect(errors).toMatchObject([{ column: name, rule, message: expect.stringContaining(words) }])
      expect(errors[0]?.message).toMatch(/请(?:按平台)?补上/)
      expect(unknownWords).toEqual([])
    }
    const { errors } = await read(withCells({ [name]: '别的' }))
    expect(errors[0]?.message).not.toContain('为空')
  },
)
