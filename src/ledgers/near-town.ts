import { compact } from './normalise.ts'

const KIND = /(?:人民政府)?(?:民族乡|镇|乡|街道(?:办(?:事处)?)?|办事处)$/

/**
 * The one town that a word differs from by its kind alone: 城关街道办 and 城关镇. It is a suggestion, to be confirmed: a street and a
 * town of one name may be two places. Undefined where none or several are near.
 */
export function nearTown<Town extends { name: string }>(
  word: string,
  towns: readonly Town[],
): Town | undefined {
  const stem = stemOf(word)
  const [near, ...more] = stem === '' ? [] : towns.filter(({ name }) => stemOf(name) === stem)
  return more.length === 0 ? near : undefined
}

function stemOf(name: string): string {
  return compact(name).replace(KIND, '')
}
