import type { Person } from '../services/vault/encryption.ts'
import { dayFromNumber, dayNumber } from '../domain/time/days.ts'
import type { Cause, Group, Level, Source } from '../domain/obligation/vocabulary.ts'
import type { Random } from './random.ts'

const FAMILY = ['张', '王', '李', '陈', '刘', '罗', '孙', '钱', '吴', '周']
const GIVEN = ['建平', '秀英', '志强', '桂兰', '明', '芳', '国庆', '玉梅', '永康', '春霞']
const VILLAGES = ['双河村', '松树坪村', '龙泉社区', '青石村', '梨园村', '红旗社区']
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK = '10X98765432'

/** Invented people: region code 619999 belongs to no place. */
export function syntheticPerson(random: Random, detail: string): Person {
  return {
    name: random.pick(FAMILY) + random.pick(GIVEN),
    idNo: idNumber(random),
    phone: `199${String(random.below(100_000_000)).padStart(8, '0')}`,
    village: random.pick(VILLAGES),
    detail,
  }
}

function idNumber(random: Random): string {
  const born = dayFromNumber(dayNumber('1940-01-01') + random.below(25_000)).replaceAll('-', '')
  const body = `619999${born}${String(random.below(1000)).padStart(3, '0')}`
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(body[i]), 0)
  return body + CHECK[sum % 11]
}

export type Reason = { cause: Cause; source: Source; detail: string }

export const REASONS: readonly Reason[] = [
  { cause: 'illness', source: 'medical-insurance', detail: '近三个月个人自付医疗费用较高' },
  { cause: 'disability', source: 'disabled-persons-federation', detail: '新办理残疾证,未享受护理补贴' },
  { cause: 'unemployment', source: 'human-resources', detail: '停止失业保险待遇,无就业登记' },
  { cause: 'schooling', source: 'education', detail: '在读高等教育,家庭收入低于边缘标准' },
  { cause: 'disaster', source: 'emergency-management', detail: '住房因灾受损' },
]

export const GROUPS: readonly Group[] = [
  'near-poor',
  'unstable-exit',
  'sudden-hardship',
  'epidemic-or-disaster',
]

/** About the shares of a real export: of ten, one red, four orange, five yellow. */
export function drawLevel(random: Random): Level {
  const draw = random.next()
  return draw < 0.1 ? 'red' : draw < 0.45 ? 'orange' : 'yellow'
}
