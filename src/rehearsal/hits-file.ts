import { createHash } from 'node:crypto'
import type { Day } from '../domain/time/days.ts'
import type { People } from './people.ts'
import { madeUpNumber } from './roster-file.ts'
import { seededRandom } from './seeded-random.ts'

/** A household that a comparison hit, in the words of the platform's export. */
export type Hit = {
  externalId: string
  town: string
  level: 'orange' | 'yellow'
  keyGroup: boolean
  /** Its day is one that does not exist, so that its row is refused. */
  unreadable: boolean
}

const HEAD =
  '预警编号,预警发布时间,预警等级,致贫返贫因素,重点人群类别,姓名,身份证号,联系电话,乡镇,村(社区),预警内容,数据来源部门'
const LEVELS = { orange: '橙色', yellow: '黄色' } as const
const HITS = 7
const FIRST_NUMBER = 950

/** Six households that warnings come of, and one row that nobody can read. */
export function hitsOfComparison(seed: number, people: People): Hit[] {
  const towns = people.offices.filter(({ kind }) => kind === 'town').map(({ code }) => code)
  const chance = seededRandom(seed, 'hits')
  return Array.from({ length: HITS }, (_, i) => ({
    externalId: `BD${String(i + 1).padStart(4, '0')}`,
    town: chance.pick(towns),
    level: chance.pick(['orange', 'yellow'] as const),
    keyGroup: chance.happens(0.5),
    unreadable: i === HITS - 1,
  }))
}

export function hitsFile(hits: readonly Hit[], people: People, day: Day): Uint8Array<ArrayBuffer> {
  const rows = hits.map((hit, i) =>
    [
      ...[
        hit.externalId,
        `${hit.unreadable ? `${day.slice(0, 4)}-02-30` : day} 09:00`,
        LEVELS[hit.level],
        '因病',
      ],
      ...[hit.keyGroup ? '边缘易致贫人口' : '', `比对户${i + 1}`, madeUpNumber(FIRST_NUMBER + i), ''],
      ...[people.office(hit.town).name, '演练村', '医保比对命中', '医保局'],
    ].join(','),
  )
  return new TextEncoder().encode([HEAD, ...rows, ''].join('\r\n'))
}

/** What the comparison came to, as its office hands it in: each row is a hit, and each that could be read raised a warning. */
export function resultOfHits(hits: readonly Hit[], file: Uint8Array) {
  const digest = createHash('sha256').update(file).digest('hex')
  return { compared: 4_200, hits: hits.length, raised: readable(hits).length, how: 'id-number', digest }
}

export function readable(hits: readonly Hit[]): Hit[] {
  return hits.filter(({ unreadable }) => !unreadable)
}
