import { formsOf, namesFor } from './column-names.ts'
import { type Field, FIELDS } from './columns.ts'

/** Words of heads that mean the same, each with the one it is compared by. In this order. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/监测对象|帮扶对象|户主|农户|家庭|本人|居民|公民/g, ''],
  [
    /户籍|现居住?地?|现住|常住|居住|所属|所在|隶属|归属|辖|系统|平台|信息|名称|具体|主要|唯一|联系|联络|填写|地区?(?=[镇乡村])/g,
    '',
  ],
  [/风险|监测|警示|告警|线索/g, '预警'],
  [/号码|编号|编码|代码|代号|流水号|序列号|ID/g, '号'],
  [/日期|时刻|时点/g, '时间'],
  [/签发|下发|推送(?=时间)|生成|产生|发出|触发/g, '发布'],
  [/级别|等次|程度|颜色|(?<=预警)级$/g, '等级'],
  [/移动电话|手机|固话|座机|通讯|方式/g, '电话'],
  [/乡镇街道|镇街|镇办|街道办事处|街道办|街道|乡镇|乡(?!村)/g, '镇'],
  [/村民委员会|居民委员会|村委会|居委会|行政村|自然村|社区|村居|村组/g, '村'],
  [/致贫返贫|返贫致贫|致返贫|返贫/g, '致贫'],
  [/原因|诱因|缘由|成因/g, '因素'],
  [/类型|种类|分类|类属|属性/g, '类别'],
  [/人口|群体|人员|对象/g, '人群'],
  [/详情|情况|描述|明细|说明|事项|摘要|简述/g, '内容'],
  [/推送|提供|出处|上报/g, '来源'],
  [/单位|机构|局|渠道/g, '部门'],
  [/证件号|身份号|身份证号证?|身份证/g, '身份证号'],
  [/[的之及和与/\\|_()·-]/g, ''],
  [/(.{1,4}?)\1+/g, '$1'],
]

/** Somebody or something else than the household and its warning. */
const OF_OTHERS =
  /帮扶|干部|联系人|责任人|负责人|经办|填报|填表|录入|审核|审批|网格员|包[抓保联]|监护|配偶|父|母|子女|成员|紧急|^原(?!因)|上次|上期|历史|变更前|调整前|修改前|核查|办结|整改|处置|反馈|截止|出生|更新|银行|卡号|邮编|邮箱/

/** What is left of all names says too little. */
const TOO_COMMON = new Set(['', '预警', '人群', '部门', '时间', '号', '类别', '来源'])

type Reduced = { field: Field; size: number }
const REDUCED = new Map<string, Reduced>()
/** Which names hold a pair of neighbouring characters. */
const WITH_PAIR = new Map<string, Reduced[]>()
for (const field of FIELDS)
  for (const name of namesFor(field)) {
    const text = reducedName(name)
    if (TOO_COMMON.has(text) || REDUCED.has(text)) continue
    const pairs = pairsOf(text)
    const reduced = { field, size: pairs.size }
    REDUCED.set(text, reduced)
    for (const pair of pairs) WITH_PAIR.set(pair, [...(WITH_PAIR.get(pair) ?? []), reduced])
  }

/** The least share of pairs of characters that two names have in common to be near. */
const NEAR = 0.6

export type Likeness = { field: Field; share: number }

/** The field that a name is nearest to; 1 where it is made of the same words. */
export function nearestField(key: string): Likeness | undefined {
  if (OF_OTHERS.test(key)) return undefined
  const nearest = formsOf(key).reduce<Likeness | undefined>((best, form) => {
    const next = nearestTo(reducedName(form))
    return next && next.share > (best?.share ?? 0) ? next : best
  }, undefined)
  return nearest && nearest.share >= NEAR ? nearest : undefined
}

/** Whether a name says that the column is about somebody else. */
export function isOfOthers(key: string): boolean {
  return OF_OTHERS.test(key)
}

/** Twice the pairs of neighbouring characters that two names share, by all pairs of both (Dice). */
function nearestTo(name: string): Likeness | undefined {
  const same = REDUCED.get(name)
  if (same) return { field: same.field, share: 1 }
  const pairs = pairsOf(name)
  const common = new Map<Reduced, number>()
  for (const pair of pairs)
    for (const reduced of WITH_PAIR.get(pair) ?? []) common.set(reduced, (common.get(reduced) ?? 0) + 1)
  let best: Likeness | undefined
  for (const [{ field, size }, count] of common) {
    const share = (2 * count) / (pairs.size + size)
    if (share > (best?.share ?? 0)) best = { field, share }
  }
  return best
}

function reducedName(name: string): string {
  return SAME.reduce((text, [words, word]) => text.replace(words, word), name)
}

function pairsOf(text: string): ReadonlySet<string> {
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_pair, i) => text.slice(i, i + 2)))
}
