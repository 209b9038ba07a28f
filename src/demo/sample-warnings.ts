import { makeRandom, type Random } from './random.ts'
import { type Day, dayFromNumber, dayNumber } from '../domain/time/days.ts'
import {
  CAUSE_LABELS,
  GROUP_LABELS,
  type Level,
  LEVEL_LABELS,
  SOURCE_LABELS,
} from '../domain/obligation/vocabulary.ts'
import { COLUMNS } from '../ledgers/columns.ts'
import { csvLine } from '../ledgers/csv-write.ts'
import { checkDigit } from '../ledgers/id-number.ts'

export type SampleOptions = {
  rows: number
  seed: number
  /** First and last day of issue. */
  from: Day
  to: Day
  /** Names of the towns. */
  towns: readonly string[]
  /** Drawn evenly; a level named twice comes twice as often. Default: of ten, one red, four orange, five yellow. */
  levels?: readonly Level[]
}

const LEVELS: readonly Level[] = [
  ...(['red', 'orange', 'orange', 'orange', 'orange'] as const),
  ...(['yellow', 'yellow', 'yellow', 'yellow', 'yellow'] as const),
]
const FAMILY = ['张', '王', '李', '陈', '刘', '罗', '孙', '钱', '吴', '周']
const GIVEN = ['建平', '秀英', '志强', '桂兰', '明', '芳', '国庆', '玉梅', '永康', '春霞']
const VILLAGES = ['双河村', '松树坪村', '龙泉社区', '青石村', '梨园村', '红旗社区']
const DETAILS = ['近三个月个人自付医疗费用较高', '新办理残疾证(二级),未享受护理补贴', '住房因灾受损']
const CAUSES = Object.values(CAUSE_LABELS)
const GROUPS = Object.values(GROUP_LABELS)
const SOURCES = Object.values(SOURCE_LABELS)
const ROWS_PER_PIECE = 1000

/**
 * A valid export of invented households (region 619999 belongs to no place), as CSV text in order. The same
 * options give the same file; external ids are unique within it.
 */
export function* sampleWarnings(options: SampleOptions): Generator<string> {
  const random = makeRandom(options.seed)
  let piece = csvLine(Object.values(COLUMNS))
  for (let n = 1; n <= options.rows; n++) {
    piece += csvLine(sampleRow(n, options, random))
    if (n % ROWS_PER_PIECE !== 0) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}

/** In the order of COLUMNS. */
function sampleRow(n: number, { seed, from, to, towns, levels = LEVELS }: SampleOptions, random: Random) {
  const day = dayFromNumber(dayNumber(from) + random.below(dayNumber(to) - dayNumber(from) + 1))
  return [
    `YS${day.slice(0, 4)}${String(seed).padStart(3, '0')}${String(n).padStart(7, '0')}`,
    `${day} ${two(8 + random.below(10))}:${two(random.below(60))}`,
    LEVEL_LABELS[random.pick(levels)],
    random.pick(CAUSES),
    random.pick(GROUPS),
    random.pick(FAMILY) + random.pick(GIVEN),
    idNumber(random),
    `199${String(random.below(100_000_000)).padStart(8, '0')}`,
    random.pick(towns),
    random.pick(VILLAGES),
    random.pick(DETAILS),
    random.pick(SOURCES),
  ]
}

function idNumber(random: Random): string {
  const born = `${1940 + random.below(70)}${two(1 + random.below(12))}${two(1 + random.below(28))}`
  const body = `619999${born}${String(random.below(1000)).padStart(3, '0')}`
  return body + checkDigit(body)
}

function two(n: number): string {
  return n < 10 ? `0${n}` : String(n)
}
