import type { Office } from '../../session/use-offices.ts'

/** Offices under their superiors, each with its depth; whoever's superior is not listed stands at the top. */
export function officeTree(offices: readonly Office[]): { office: Office; depth: number }[] {
  const codes = new Set(offices.map(({ code }) => code))
  const under = (parent: string | null, depth: number): { office: Office; depth: number }[] =>
    offices
      .filter((o) => (o.parent !== null && codes.has(o.parent) ? o.parent : null) === parent)
      .flatMap((office) => [{ office, depth }, ...under(office.code, depth + 1)])
  return under(null, 0)
}
