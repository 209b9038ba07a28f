import type { ExplainedWords } from './explained-words.ts'
import type { WordMapping } from './mapping.ts'
import { foldDashes } from './look-alikes.ts'
import { compact } from './normalise.ts'
import { foreignTownFinder, placePrefixes } from './place-path.ts'
import { simplified } from './traditional.ts'

const KIND = /(?:镇|乡|街道|街道办|街道办事处|民族乡)$/
const STREET = /街道(?:办|办事处)?$/
/** Offices that sit in a town and are the town. */
const OFFICE =
  /^(?:(?:党委|人民)*政府|党委|办事处|(?:党政|民政|社会(?:事务|救助|保障))(?:服务)?(?:办|办公室|站|所|工作站))$/
/** A village written with the county and the town that it is in. */
const WITH_ITS_PATH = /^.{2,}?(?:[省县縣旗].{1,8}(?:[镇鎮乡鄉]|街道)|市.{1,8}[镇鎮乡鄉])/
/** A village written with its town alone. */
const BEHIND_A_TOWN = /^.{1,8}?(?:[镇鎮乡鄉]|街道(?:办|办事处)?)[^村].{0,15}(?:村|社区|居委会|组)/u
/** A village behind its town, with its group of households. */
const VILLAGE =
  /^.{1,16}(?:村|社区|居委会|村委会|村民委员会|居民委员会)(?:第?[\d一二三四五六七八九十]{1,3}(?:村民)?小?组)?$/
const SEPARATORS = /[/\\>→·|,、;_»:()[\]-]+/g
/** Most villages are shorter: nothing need be looked at. */
const SHORTEST_PATH = 6
/** A file has few different towns; a file of nonsense is not remembered whole. */
const MOST_REMEMBERED = 2_000

/** Finds a town's office code by what a cell says; the village of the row may stand behind it. */
export type TownFinder = (cell: string, village?: string) => string | undefined
type Place = { code: string; behind: string }

/**
 * Finds a town's office code by the name in a cell, with or without 镇, with or without the path above it: all of the path
 * that is given must be this county's. A short name that two towns share finds neither.
 * @param county the names of the places above the towns, the widest first: 陕西省, 安康市, 紫阳县
 * @param words what the county explained: they count before ours, but a town of another county is none of ours
 * @param seen is told which of those a file has
 */
export function townFinder(
  towns: readonly { code: string; name: string }[],
  county: readonly string[] = [],
  words: WordMapping['town'] = {},
  seen?: ExplainedWords,
): TownFinder {
  const isForeign = foreignTownFinder(county)
  const ofOurs = Object.entries(words).filter(([word]) => !isForeign(word))
  const explained = new Map(ofOurs.map(([word, code]) => [compact(word), code]))
  const { full, short } = namesOf(towns)
  const asIs = new Map([...full].filter(([name]) => !explained.has(name)))
  const prefixes = placePrefixes(['中国', ...county])
  const above = new Set(prefixes)
  const longest = [...full].sort(([a], [b]) => b.length - a.length)
  const remembered = new Map<string, Place | undefined>()

  return (cell, village = '') => {
    const code = asIs.get(cell) ?? codeFor(cell, village)
    return code !== undefined && isElsewhere(village, code) ? undefined : code
  }

  function codeFor(cell: string, village: string): string | undefined {
    const place = placeOf(cell)
    return place && (place.behind === '' || place.behind === compact(village)) ? place.code : undefined
  }

  /** A village of another county has a town of the same name above it; one of another town of ours has that town. */
  function isElsewhere(village: string, code: string): boolean {
    if (village.length < SHORTEST_PATH || county.length === 0) return false
    if (WITH_ITS_PATH.test(village)) return placeOf(village)?.code !== code
    if (!BEHIND_A_TOWN.test(village)) return false
    return (placeOf(village)?.code ?? code) !== code
  }

  function placeOf(cell: string): Place | undefined {
    return remembered.has(cell) ? remembered.get(cell) : lookUp(cell)
  }

  function lookUp(cell: string): Place | undefined {
    const known = explained.get(compact(cell))
    if (known !== undefined) {
      seen?.see('town', compact(cell), known)
      return { code: known, behind: '' }
    }
    const name = foldDashes(compact(cell)).replace(SEPARATORS, '')
    const place = named(name) ?? named(simplified(name))
    if (remembered.size < MOST_REMEMBERED) remembered.set(cell, place)
    return place
  }

  function named(name: string): Place | undefined {
    const rests = prefixes
      .filter((prefix) => name.startsWith(prefix))
      .map((prefix) => name.slice(prefix.length))
    return firstOf(rests, exact) ?? firstOf(rests, withMoreBehind)
  }

  function exact(name: string): Place | undefined {
    const code = full.get(name) ?? short.get(name)
    return code === undefined ? undefined : { code, behind: '' }
  }

  /** What is no office of the town and does not end like a village must be the row's own village. */
  function withMoreBehind(name: string): Place | undefined {
    const [town, code] = longest.find(([town]) => name.startsWith(town)) ?? []
    if (town === undefined || code === undefined) return undefined
    const behind = name.slice(town.length)
    if (OFFICE.test(behind) || above.has(behind) || (behind === '办' && STREET.test(town)))
      return { code, behind: '' }
    if (longest.some(([other]) => behind.includes(other))) return undefined
    return { code, behind: VILLAGE.test(behind) ? '' : behind }
  }
}

function firstOf<In, Out>(list: readonly In[], find: (one: In) => Out | undefined): Out | undefined {
  for (const one of list) {
    const found = find(one)
    if (found !== undefined) return found
  }
  return undefined
}

function namesOf(towns: readonly { code: string; name: string }[]) {
  const full = new Map(towns.map(({ code, name }) => [compact(name), code]))
  const short = new Map<string, string | undefined>()
  for (const [name, code] of full) {
    const stem = name.replace(KIND, '')
    short.set(stem, short.has(stem) ? undefined : code)
  }
  for (const [name, code] of [...full])
    if (STREET.test(name))
      for (const kind of ['街道', '街道办', '街道办事处']) full.set(name.replace(STREET, kind), code)
  return { full, short }
}
