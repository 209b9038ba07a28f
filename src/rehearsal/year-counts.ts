import type { ApiCoverage, ApiMatrix, ApiProblems, ApiQuotaLine } from './county-counts.ts'
import type { ExpectedHistory, StoryTurn } from './expected-history.ts'
import { isBeside } from './policy-table.ts'

/** What each comparison of the plan counts for, by hand: partner and half. */
const COMPARISONS = [
  ['与乡村振兴局上半年数据比对', 'rural-revitalisation', 'H1'],
  ['与医保局上半年数据比对', 'medical-insurance', 'H1'],
  ['与乡村振兴局下半年数据比对', 'rural-revitalisation', 'H2'],
  ['与医保局下半年数据比对', 'medical-insurance', 'H2'],
  ['与教育局年度数据比对', 'education', 'Y'],
  ['与残联年度数据比对', 'disabled-persons-federation', 'Y'],
  ['与人社局年度数据比对', 'human-resources', 'Y'],
  ['与住建局年度数据比对', 'housing', 'Y'],
  ['与卫健局年度数据比对', 'health', 'Y'],
  ['与应急局年度数据比对', 'emergency-management', 'Y'],
  ['与工会年度数据比对', 'trade-union', 'Y'],
  ['与慈善协会年度数据比对', 'charity', 'Y'],
] as const

type Story = Pick<ExpectedHistory, 'turns' | 'accepted'>
const titleOf = (item: string) => item.split('@')[0]!

/** The yearly quota (R3): done is what was accepted and not reopened since. */
export function quotaFaults(story: Story, said: readonly ApiQuotaLine[]): string[] {
  const done = new Set(endedItems(story, 'comparison').map(titleOf))
  const lineOf = (partner: string, period: string) => {
    const line = said.find((one) => one.partner === partner && one.period === period)
    return line ? `${line.done}/${line.required}` : '没有'
  }
  const expected = COMPARISONS.map(([title, partner, period]) => {
    const line = `${done.has(title) ? 1 : 0}/1`
    return { words: `配额中“${title}”应为 ${line}`, line, answer: lineOf(partner, period) }
  })
  return [
    ...(said.length === COMPARISONS.length ? [] : [`配额应有 12 行,接口答 ${said.length} 行`]),
    ...expected.flatMap(({ words, line, answer }) => (line === answer ? [] : [`${words},接口答 ${answer}`])),
  ]
}

/** Each of the five screenings (R6): so many households as the towns went to. */
export function matrixFaults(
  visited: ReadonlyMap<string, number>,
  { screenings, totals }: ApiMatrix,
): string[] {
  const expected = new Map<string, number>()
  for (const [item, households] of visited)
    expected.set(titleOf(item), (expected.get(titleOf(item)) ?? 0) + households)
  const said = new Map(screenings.map(({ title }, nth) => [title, totals[nth]?.screened]))
  return [...new Set([...expected.keys(), ...said.keys()])].flatMap((title) => {
    const [ours, theirs] = [expected.get(title) ?? 0, said.get(title)]
    return ours === theirs ? [] : [`“${title}”应已排查 ${ours} 户,接口答 ${theirs ?? '没有这一项'}`]
  })
}

/** The burn-down of problems by office (R10): what is left, and what was struck off. */
export function problemFaults(story: Story, said: readonly ApiProblems[]): string[] {
  const isProblem = ({ item }: Pick<StoryTurn, 'item'>) =>
    item.startsWith('problem ') || item.endsWith('→rectification')
  const open = openTurns(story).filter(isProblem)
  const ended = new Set(endedItems(story, 'rectification').filter((item) => isProblem({ item })))
  const last = new Map(story.accepted.map(({ turn, office }) => [turn.item, office]))
  const struckOff = [...ended].map((item) => last.get(item))
  const count = (offices: readonly (string | undefined)[], code: string) =>
    offices.filter((office) => office === code).length
  const left = open.map(({ owner }) => owner)
  const codes = new Set([...left, ...struckOff, ...said.map(({ office }) => office.code)])
  return [...codes].flatMap((code = '') => {
    const expected = `剩 ${count(left, code)} 件、销号 ${count(struckOff, code)} 件`
    const line = said.find(({ office }) => office.code === code)
    const answer = `剩 ${line?.remaining ?? 0} 件、销号 ${line?.struckOff ?? 0} 件`
    return expected === answer ? [] : [`${code} 的问题应${expected},接口答${answer}`]
  })
}

/** The spot checks (R18): of how many households how many had to be checked, and were. */
export function coverageFaults(
  story: Story,
  { population, required }: { population: number; required: number },
  said: ApiCoverage,
): string[] {
  const checked = endedItems(story, 'spot-check').length
  const expected = `${population} 户中应抽 ${required} 户,已核查 ${checked} 户`
  const answer = `${said.population} 户中应抽 ${said.required} 户,已核查 ${said.checked} 户`
  return expected === answer ? [] : [`县级抽查应为 ${expected};接口答 ${answer}`]
}

function openTurns({ turns }: Story): StoryTurn[] {
  return turns.filter((turn) => turn.endedAt === null && !isBeside(turn))
}

/** What was passed and is nobody's work again. */
function endedItems(story: Story, kind: string): string[] {
  const open = new Set(openTurns(story).map(({ item }) => item))
  const passed = story.accepted.filter(({ turn }) => turn.kind === kind).map(({ turn }) => turn.item)
  return [...new Set(passed)].filter((item) => !open.has(item))
}
