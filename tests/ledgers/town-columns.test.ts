import { expect, test } from 'vitest'
import { HEADER, read, ROW, surveyOf } from './support.ts'

const rowsOf = (towns: readonly string[]) =>
  towns.map((town, i) => ROW.replace('YJ1', `YJ2022${i}`).replace('毛坝镇', town))
const file = (name: string, towns: readonly string[]) =>
  [HEADER.replace('乡镇', name).replace('预警内容', '研判结论'), ...rowsOf(towns), ''].join('\n')
const PATHS = ['毛坝镇', '高滩镇', '毛坝镇', '高滩镇'].map((town) => `某某省某某市某某县${town}`)

test.each(['辖区', '所在地', '片区', '住址'])('a column %s of paths of towns is the town', async (name) => {
  const survey = await surveyOf(file(name, PATHS))
  const field = survey ? survey.columns[8]?.field : 'town'
  expect(field).toBe('town')
  if (!survey) expect((await read(file(name, PATHS))).rows).toHaveLength(4)
})

test.each(['辖区', '所在地'])(
  'a column %s is that too where some of its towns are of other counties',
  async (name) => {
    const survey = await surveyOf(
      file(name, [...PATHS, '四川省达州市宣汉县毛坝镇', '本县从无镇', '四川省万源市白沙镇']),
    )
    expect(survey?.columns[8]).toMatchObject({ name, field: 'town', confidence: 'likely' })
    expect(survey?.columns[10]).toMatchObject({ name: '研判结论', field: 'detail' })
  },
)

test('the title of a list is no part of the names of its columns', async () => {
  const { head } = await read(`二〇二二年预警清单\n${HEADER}\n${ROW}\n`)
  expect(head?.names).toEqual(HEADER.split(','))
})
