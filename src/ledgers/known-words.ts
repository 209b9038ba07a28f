import {
  type Cause,
  CAUSE_LABELS,
  type Group,
  GROUP_LABELS,
  type Level,
  LEVEL_LABELS,
  type Source,
  SOURCE_LABELS,
} from '../domain/obligation/vocabulary.ts'
import { type Cover, COVER_LABELS } from '../domain/obligation/roster-words.ts'
import { compact } from './normalise.ts'
import { simplified } from './traditional.ts'

/** Finds the code of a Chinese word in a cell; undefined for an unknown word. */
export type WordFinder<Code extends string> = (cell: string) => Code | undefined

/** Compares words without spaces and without usual affixes: 紫色预警 is 紫色, 县医保局 is 医保局, 紅色 is 红色. */
function finder<Code extends string>(
  labels: Record<Code, string>,
  aliases: Partial<Record<Code, readonly string[]>>,
  ornaments: RegExp,
): WordFinder<Code> {
  const codes = new Map<string, Code>()
  for (const code of Object.keys(labels) as Code[])
    for (const word of [labels[code], ...(aliases[code] ?? [])]) codes.set(word, code)
  return (cell) => {
    const asWritten = codes.get(cell)
    if (asWritten) return asWritten
    const word = compact(cell)
    const known = codes.get(word) ?? codes.get(word.replace(ornaments, ''))
    if (known !== undefined || word === '') return known
    const simple = simplified(word)
    return simple === word ? undefined : codes.get(simple.replace(ornaments, ''))
  }
}

const plainLevelOf = finder(
  LEVEL_LABELS,
  { red: ['红'], orange: ['橙'], yellow: ['黄'] },
  /(等级)?预警$|等级$/,
)
const COLOURS: Record<string, Level> = {
  ...{ 红: 'red', 橙: 'orange', 黄: 'yellow' },
  ...{ RED: 'red', ORANGE: 'orange', YELLOW: 'yellow' },
}
const COLOUR = /红色?|橙色?|黄色?|red|orange|yellow/gi
/** What stands around a colour without changing it: 红色预警(一级), 一级(红色), 红色(高风险). */
const AROUND_A_COLOUR =
  /^(?:预警|风险|等级|级别|级|[一二三四123高中低Ⅰ-Ⅳ]|I{1,3}|IV|[()[\]【】「」:、,/|·-])*$/i

/** The level of a cell that names one colour and nothing that could mean another. */
export const levelOf: WordFinder<Level> = (cell) =>
  plainLevelOf(cell) ?? levelByColour(simplified(compact(cell)))

function levelByColour(word: string): Level | undefined {
  const colours = word.match(COLOUR) ?? []
  const [level, other] = new Set(colours.map((c) => COLOURS[c.replace('色', '').toUpperCase()]))
  return other === undefined && AROUND_A_COLOUR.test(word.replace(COLOUR, '')) ? level : undefined
}
export const causeOf: WordFinder<Cause> = finder(
  CAUSE_LABELS,
  {
    illness: ['因大病', '因重病', '疾病', '大病', '病'],
    schooling: ['上学', '就学', '学'],
    disability: ['残疾', '因残疾', '残'],
    unemployment: ['失业', '因失去就业', '因务工就业不稳'],
    disaster: ['灾', '自然灾害', '因自然灾害', '受灾'],
    epidemic: ['疫', '疫情', '因疫情', '因新冠疫情'],
  },
  /(致贫返贫|致贫|返贫)$/,
)

export const groupOf: WordFinder<Group> = finder(
  GROUP_LABELS,
  {
    'near-poor': ['边缘易致贫户', '边缘户', '边缘易致贫'],
    'unstable-exit': ['脱贫不稳定户', '脱贫不稳定', '脱贫不稳户'],
    'sudden-hardship': ['突发严重困难人口', '突发严重困难家庭', '突发严重困难'],
    'epidemic-or-disaster': ['因疫因灾遇困人口', '因疫因灾遇困户', '因灾因疫遇困群众', '因疫因灾困难群众'],
  },
  /\(.*\)$/,
)

export const sourceOf: WordFinder<Source> = finder(
  SOURCE_LABELS,
  {
    'rural-revitalisation': ['乡村振兴', '振兴局', '农业农村局', '农业农村和乡村振兴局'],
    'medical-insurance': ['医疗保障局', '医保'],
    education: ['教体局', '教育体育局', '教科体局', '教育和体育局', '教育科技局', '教育科技体育局', '教育'],
    'disabled-persons-federation': ['残疾人联合会'],
    'human-resources': ['人力资源和社会保障局', '人力资源社会保障局', '人社'],
    housing: ['住房和城乡建设局', '住房城乡建设局', '住建'],
    health: ['卫生健康局', '卫健委', '卫生健康委员会', '卫健'],
    'emergency-management': ['应急管理局', '应急'],
    'trade-union': ['总工会'],
    charity: ['慈善会', '慈善总会'],
    discovery: ['镇村主动发现', '自主发现', '网格员主动发现', '群众申报'],
  },
  /^(?:[省市县区]|(?:.{2,8}?省)?(?:.{2,6}?[市州])?(?:.{2,6}?[县区市旗])?)/,
)

export const coverOf: WordFinder<Cover> = finder(
  COVER_LABELS,
  {
    dibao: ['农村低保', '城市低保', '城乡低保', '低保户', '低保对象', '最低生活保障', '单人保', '单人户低保'],
    tekun: ['特困供养', '特困人员', '特困户', '特困人员供养', '分散供养', '集中供养', '五保'],
    marginal: ['低保边缘户', '低保边缘家庭', '低保边缘人口', '边缘家庭', '低收入家庭'],
    none: ['无', '否', '没有', '未纳入', '未享受', '不享受', '未保障', '未纳入低保特困', '均未纳入'],
  },
  /\(.*\)$/,
)
