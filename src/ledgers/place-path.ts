import { compact } from './normalise.ts'
import { simplified } from './traditional.ts'

/** The words behind the name of a place, which people leave out. */
const KIND = /(?:省|市|县|区|旗|盟|(?:壮族|回族|维吾尔)?自治区|.{1,8}族自治[州县]|自治[州县旗])$/

/** The place that an office is of: 陕西省民政厅 is of 陕西省, 紫阳县民政局 of 紫阳县. Null where its name does not say. */
function placeOfOffice(name: string): string | null {
  const place = /^(.+?[省市县区旗盟州])(?:民政|社会|人民政府|$)/.exec(name)?.[1]
  return place ?? null
}

/** The places that offices are of, in their order. */
export function placesOf(offices: readonly { name: string }[]): string[] {
  return offices.flatMap(({ name }) => placeOfOffice(name) ?? [])
}

/**
 * Every way to write the path above a town: whole, from any place on, with places left out, each with or without its kind. The
 * longest come first, and none at all is one of them.
 * @param path the widest place first
 */
export function placePrefixes(path: readonly string[]): string[] {
  const prefixes = path.reduce<string[]>(
    (before, place) => before.flatMap((prefix) => formsOf(place).map((form) => prefix + form)),
    [''],
  )
  return [...new Set(prefixes)].sort((a, b) => b.length - a.length)
}

/** Tells a name of a place above this county's towns, with or without its kind, with or without the places above it. */
export function ourPlaceFinder(path: readonly string[]): (cell: string) => boolean {
  const ours = new Set(placePrefixes(path).filter((place) => place !== ''))
  return (cell) => ours.has(simplified(compact(cell)))
}

/** A place without its kind, in a column of places: 宣汉. What is of the county itself is none: 县直, 市本级, 城区. */
const SHORT_PLACE = /^(?!.*[直级本辖城区无])\p{Script=Han}{2,3}$/u
/** 本县 and 全市 are nobody else's. */
const OUR_OWN = /^[本我全该]/

/**
 * Finds, in the cells beside a town, the places that are not above this county's towns; '' where there are none. What is no name
 * of a place says nothing.
 */
export function foreignPlaceFinder(path: readonly string[]): (cells: readonly string[]) => string {
  const ours = new Set(placePrefixes(path))
  const isForeign = (place: string) =>
    (KIND.test(place) || SHORT_PLACE.test(place)) && !OUR_OWN.test(place) && !ours.has(place)
  return (cells) =>
    path.length === 0
      ? ''
      : cells
          .map((cell) => simplified(compact(cell)))
          .filter(isForeign)
          .join('')
}

/** Zones and quarters are no districts: 开发区, 社区, 片区. */
const PLACE =
  /.{2,}?(?:省|自治[区州县旗]|市|县|旗|盟|(?<!开发|高新|工业|管理|办事|[园景新林库牧矿社小片辖])区)/gu
const TOWN_BEHIND = /^.{2,}(?:镇|乡|街道|街道办事处)/

/**
 * Tells a town that is written below the places of another county: 四川省达州市宣汉县毛坝镇. Where nothing is known of the places
 * above this county, none is foreign.
 */
export function foreignTownFinder(path: readonly string[]): (word: string) => boolean {
  const ours = new Set(path.flatMap(formsOf))
  const isForeign = (place: string) => !OUR_OWN.test(place) && !ours.has(place)
  return (word) => {
    if (path.length === 0) return false
    const text = simplified(compact(word)).replace(/[^\p{L}]/gu, '')
    const places = text.match(PLACE) ?? []
    return TOWN_BEHIND.test(text.slice(places.join('').length)) && places.some(isForeign)
  }
}

function formsOf(place: string): string[] {
  const short = place.replace(KIND, '')
  return short.length >= 2 && short !== place ? [place, short, ''] : [place, '']
}
