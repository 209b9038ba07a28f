import { anyOf, labelEn } from './labels.en.ts'

const CAMPAIGN = '兜底保障成果巩固提升行动'

/** Titles that are always the same: those of kinds, and of the template that comes with the program. */
export const TITLES_EN: Readonly<Record<string, string>> = {
  '启动实施并开展“回头望”': 'Launch and look-back',
  '启动部署、开展“回头望”': 'Launch and look-back',
  上半年数据比对和五个全面排查: 'Comparisons of the first half-year and the five screenings',
  平台预警核查: 'Verification of the platform’s warnings',
  '下半年数据比对、问题整改和销号清零': 'Comparisons of the second half-year, problems mended and struck off',
  '排查一:未纳入保障的丧失劳动能力已脱贫人口': 'Screening 1: out of poverty, unable to work, not covered',
  '排查二:未纳入低保特困的三类户': 'Screening 2: the three kinds of households outside dibao and tekun',
  '排查三:因疫因灾遇困群众': 'Screening 3: people in need through epidemic or disaster',
  '排查四:社会救助来信来访当事人': 'Screening 4: people who wrote or came about social assistance',
  '排查五:独居老人、留守儿童和妇女': 'Screening 5: old people alone, children and women left behind',
  排查统计表和工作台账: 'Statistics and ledgers of the screenings',
  问题清单整改销号: 'Problems of the list mended and struck off',
  阶段工作: 'Work of a phase',
  // The policy that comes with the program.
  '示例规则(非国家规定,请按本县要求修改)': 'Example rules (not national rules; adapt them to your county)',
  [CAMPAIGN]: 'Campaign to keep and raise the safety net',
}

type Parts = Readonly<Record<string, string | undefined>>
/** A title that is put together from codes, numbers and names. */
type Form = { matches: RegExp; text: (parts: Parts) => string }

const form = (pattern: string, text: Form['text']): Form => ({ matches: new RegExp(`^${pattern}$`), text })
const one = (name: string, table: Parameters<typeof anyOf>[0]) => `(?<${name}>${anyOf(table)})`
const word = (label: string | undefined) => (label === undefined ? '' : (labelEn(label) ?? label))
const inBrackets = (...words: (string | undefined)[]) => {
  const said = words.filter((text) => text !== undefined && text !== '')
  return said.length === 0 ? '' : ` (${said.join(', ')})`
}
/** 救助落实(YJ1): the number of the warning that it follows. */
const OF = '(?:\\((?<of>[^()]+)\\))?'
const QUARTERS = ['一', '二', '三', '四']

const FORMS: readonly Form[] = [
  form(
    `${one('cause', 'cause')}?${one('level', 'level')}?预警核查`,
    ({ cause, level }) => `Warning verification${inBrackets(word(level), word(cause))}`,
  ),
  form(
    `(?:与${one('partner', 'source')})?${one('period', 'period')}?数据比对`,
    ({ partner, period }) =>
      `Data comparison${partner ? ` with ${word(partner)}` : ''}${inBrackets(word(period))}`,
  ),
  form(
    `救助落实(?::${one('outcome', 'outcome')})?${OF}`,
    ({ outcome, of }) => `Follow-up${outcome ? `: ${word(outcome)}` : ''}${inBrackets(of)}`,
  ),
  form(
    `监测走访(?:第(?<visit>\\d+)次)?${OF}`,
    ({ visit, of }) => `Monitoring visit${visit ? ` ${visit}` : ''}${inBrackets(of)}`,
  ),
  form(
    `${one('origin', 'origin')}发现的${one('type', 'problemType')}?问题整改`,
    ({ origin, type }) => `Problem mended${inBrackets(word(origin), word(type))}`,
  ),
  form(
    '县级抽查:(?<town>.+)抽样户\\(第 (?<place>\\d+) 位\\)',
    ({ town, place }) => `Spot check: household ${place} of the sample of ${town}`,
  ),
  form(
    `第(?<quarter>[${QUARTERS.join('')}])季度(?<rest>排查统计表和工作台账)`,
    ({ quarter = '', rest = '' }) => `${TITLES_EN[rest] ?? rest}, quarter ${QUARTERS.indexOf(quarter) + 1}`,
  ),
  form(`${CAMPAIGN} (?<year>\\d{4})`, ({ year }) => `${TITLES_EN[CAMPAIGN]} ${year}`),
]

/**
 * The English of a title that the program put together (src/kinds), or that its template brings; null for what somebody
 * wrote: that is theirs.
 */
export function titleEn(chinese: string): string | null {
  const same = TITLES_EN[chinese]
  if (same !== undefined) return same
  for (const { matches, text } of FORMS) {
    const found = matches.exec(chinese)
    if (found) return text(found.groups ?? {})
  }
  return labelEn(chinese)
}
