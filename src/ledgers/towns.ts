import { compact } from './normalise.ts'

const KIND = /(?:镇|乡|街道|街道办|街道办事处|民族乡)$/

/**
 * Finds a town's office code by the name in a cell, with or without 镇, with or without the county in front. A
 * short name that two towns share finds neither.
 */
export function townFinder(
  towns: readonly { code: string; name: string }[],
): (cell: string) => string | undefined {
  const full = new Map(towns.map(({ code, name }) => [compact(name), code]))
  const short = new Map<string, string | undefined>()
  for (const [name, code] of full) {
    const stem = name.replace(KIND, '')
    short.set(stem, short.has(stem) ? undefined : code)
  }
  const byName = (name: string) => full.get(name) ?? short.get(name)
  return (cell) => {
    const asWritten = full.get(cell)
    if (asWritten !== undefined) return asWritten
    const name = compact(cell).replace(/人民政府$/, '')
    return byName(name) ?? byName(name.replace(/^.{1,6}?[县区]/, ''))
  }
}
