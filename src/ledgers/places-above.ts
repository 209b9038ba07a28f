import { formsOf, isAboveTowns } from './column-names.ts'
import type { FileColumn } from './file-columns.ts'

/** A name that says nothing: 列1, 第 3 列, 字段2, F5; or of places of whatever size: 行政区划. */
const SAYS_NOTHING =
  /^(?:第?\d*列\d*|(?:字段|栏目?|未命名)\d*|(?:COLUMN|FIELD|[A-Z]{1,2})\d*|\d+|(?:所属|所在)?(?:行政区划?|区划|地区|地域|区域|辖区)(?:名称)?)$/
/** A list of one county has its name in most rows. */
const MOSTLY_OURS = 0.5
const NEARLY_ALL = 0.9

/** Whether a column that no name gives away holds the places above the towns, most of them this county's. */
export function holdsPlacesAbove({ key, content }: FileColumn): boolean {
  if (content.ourPlaces < MOSTLY_OURS || content.places < NEARLY_ALL) return false
  return formsOf(key).some((form) => SAYS_NOTHING.test(form) || isAboveTowns(form))
}
