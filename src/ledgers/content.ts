import type { WithoutNumber } from '../domain/obligation/without-number.ts'
import type { Day } from '../domain/time/days.ts'
import type { Field } from './columns.ts'
import { idFault, idNoOf } from './id-number.ts'
import { issueTime } from './issue-time.ts'
import { compact } from './normalise.ts'
import { phoneOf } from './phone.ts'
import { RowNumberWatch } from './row-numbers.ts'
import type { WordFinders } from './word-finders.ts'

/** What cells are compared with to know what they are. */
export type ContentContext = {
  townOf: (cell: string) => string | undefined
  words: WordFinders
  today: Day
  /** Whether the county registers households without a number. */
  withoutNumber?: WithoutNumber
  /** Whether a cell is a place above this county's towns; nothing is, where it is not known. */
  isOurPlace?: (cell: string) => boolean
}

/** What the filled cells of a column are: the share that may fill each field, from 0 to 1. */
export type Content = {
  /** How many cells of the sample are filled. */
  filled: number
  share: Record<Field, number>
  /** The share of cells that are towns or paths of towns, be they this county's or others'. */
  townLike: number
  /** The share of cells that are provinces, cities or counties, and of those above this county's towns. */
  places: number
  ourPlaces: number
  /** Of those with the kind behind the name: 紫阳县. */
  placesInFull: number
  /** Whether the column only counts rows: 1, 2, 3. */
  counts: boolean
}

/** What nearly all cells must be: some are wrong in every file. */
const NEARLY_ALL = 0.9

/** Fields whose cells are like no other's. */
const UNLIKE_OTHERS = ['idNo', 'phone', 'issuedAt', 'level', 'town'] as const satisfies readonly Field[]

const DATE = /^(?:19|20)\d{2}\s*(?:[-/.年\u2010-\u2015]\s*\d{1,2}|\d{4}(?:\d{4,6})?$)/
const VILLAGE = /(?:村|社区|居委会|村委会|小区|\d组|[一二三四五六七八九十]组|村民小组)$/
const HAN_NAME = /^\p{Script=Han}{2,4}$|^\p{Script=Han}{1,8}·\p{Script=Han}{1,8}$/u
const CODE = /^(?=.*\d)[A-Z0-9_/-]{3,64}$/i
const PLACE_ABOVE = /^\p{Script=Han}{1,10}(?:省|市|县|区|旗|自治[州区县旗])$/u
const LONG_TEXT = 5
const TOWN = /^(?:\p{Script=Han}|[/\\>→·\s-]){1,40}(?:镇|乡|街道|街道办事处)$/u

/** Looks at the filled cells of a column. */
export function contentOf(cells: readonly string[], context: ContentContext): Content {
  const { townOf, words } = remembering(context)
  const isOurPlace = remembered(context.isOurPlace ?? (() => false))
  const isPlace = (value: string) => PLACE_ABOVE.test(value) || isOurPlace(value)
  const values = cells.map((cell) => compact(cell)).filter((value) => value !== '')
  const share = (is: (value: string) => boolean) => shareOf(values, is)
  const days = shareOf(
    cells.filter((cell) => cell.trim() !== ''),
    (cell) => DATE.test(cell.trim()) && issueTime(cell) !== null,
  )
  const isTownLike = (value: string) => TOWN.test(value) || townOf(value) !== undefined
  const different = new Set(values).size / Math.max(values.length, 1)
  return {
    filled: values.length,
    counts: countsRows(values),
    townLike: share(isTownLike),
    places: share(isPlace),
    ourPlaces: share(isOurPlace),
    placesInFull: share((value) => PLACE_ABOVE.test(value)),
    share: {
      externalId: share((value) => CODE.test(value)) * different,
      issuedAt: days,
      level: share((value) => words.level(value) !== undefined),
      cause: share((value) => words.cause(value) !== undefined),
      group: share((value) => words.group(value) !== undefined),
      name: share((value) => isName(value, { townOf, words })),
      idNo: share((value) => /\d/.test(value) && idFault(idNoOf(value), context.today) === null),
      phone: share((value) => /\d/.test(value) && /^1[3-9]\d{9}(\/|$)/.test(phoneOf(value))),
      town: share((value) => townOf(value) !== undefined),
      village: share((value) => VILLAGE.test(value)),
      detail: share(
        (value) => value.length >= LONG_TEXT && /\p{Script=Han}/u.test(value) && !isTownLike(value),
      ),
      source: share((value) => words.source(value) !== undefined),
    },
  }
}

/** Several fields ask the same of a cell, and columns repeat their words. */
function remembering({ townOf, words }: ContentContext): Pick<ContentContext, 'townOf' | 'words'> {
  const { level, cause, group, source } = words
  return {
    townOf: remembered(townOf),
    words: {
      level: remembered(level),
      cause: remembered(cause),
      group: remembered(group),
      source: remembered(source),
    },
  }
}

function remembered<T>(find: (value: string) => T): (value: string) => T {
  const answers = new Map<string, T>()
  return (value) => {
    if (!answers.has(value)) answers.set(value, find(value))
    return answers.get(value) as T
  }
}

function shareOf(values: readonly string[], is: (value: string) => boolean): number {
  return values.length === 0 ? 0 : values.filter(is).length / values.length
}

/** The field that nearly all cells fill and no other could. */
export function unmistakableField({ share }: Content): Field | undefined {
  return UNLIKE_OTHERS.find((field) => share[field] >= NEARLY_ALL)
}

/** Whether what stands in a column speaks against a field that its name gives. */
export function contradicts(field: Field, content: Content): boolean {
  const other = unmistakableField(content)
  if (other === undefined || other === field || content.share[field] >= NEARLY_ALL) return false
  // A warning's number may look like a day or a telephone; a text may be anything.
  if (field === 'externalId') return other !== 'issuedAt' && other !== 'phone'
  if (field === 'detail' || field === 'village') return other === 'idNo' || other === 'phone'
  return true
}

/** Whether a column of villages is called one of towns while another column has the towns, or the other way round. */
export function isSwapped(field: Field, content: Content, others: readonly Content[]): boolean {
  if (field !== 'town' && field !== 'village') return false
  const other = field === 'town' ? 'village' : 'town'
  if (content.share[other] < NEARLY_ALL || content.share[field] > 0) return false
  return others.some(({ share }) => share[field] >= NEARLY_ALL && share[other] === 0)
}

/** Whether what stands in a column speaks for a field. An empty column speaks for none. */
export function agrees(field: Field, content: Content): boolean {
  return content.filled > 0 && content.share[field] >= NEARLY_ALL
}

function isName(value: string, { townOf, words }: Pick<ContentContext, 'townOf' | 'words'>): boolean {
  return HAN_NAME.test(value) && !VILLAGE.test(value) && !isWord(value, words) && townOf(value) === undefined
}

function isWord(value: string, { level, cause, group, source }: WordFinders): boolean {
  return [level, cause, group, source].some((find) => find(value) !== undefined)
}

function countsRows(values: readonly string[]): boolean {
  const watch = new RowNumberWatch()
  for (const value of values) watch.see(value)
  return watch.onlyCounts()
}
