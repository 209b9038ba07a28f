import { OFFICE_KIND_LABELS, type OfficeKind } from '../obligation/vocabulary.ts'

/** What may stand below what within a county; a bureau, a city and a province come with the county's own file. */
const ABOVE: Partial<Record<OfficeKind, OfficeKind>> = {
  'county-centre': 'county-bureau',
  town: 'county-bureau',
  village: 'town',
}

type Placed = { code: string; kind: OfficeKind; name: string }
export type OfficeField = 'parent' | 'shortCode' | 'kind' | 'name'
export type OfficeFault = { field: OfficeField; message: string; exists?: boolean }

/** The kinds that may be added below an office of this kind. */
export function kindsBelow(parent: OfficeKind): OfficeKind[] {
  return (Object.keys(ABOVE) as OfficeKind[]).filter((kind) => ABOVE[kind] === parent)
}

/** How files write a name: what is left of it is compared. */
type Fold = (name: string) => string

/** Why an office cannot stand there; null where it can. @param offices those of the county */
export function officeFault(
  wanted: { parent: string; code: string; kind: OfficeKind; name: string },
  offices: readonly Placed[],
  fold: Fold,
): OfficeFault | null {
  const parent = offices.find(({ code }) => code === wanted.parent)
  if (!parent) return { field: 'parent', message: `没有单位 ${wanted.parent},或它不在您的县。` }
  const kinds = kindsBelow(parent.kind)
  if (!kinds.includes(wanted.kind)) {
    const fitting = kinds.map((kind) => OFFICE_KIND_LABELS[kind]).join('、')
    const below = kinds.length === 0 ? '不能再有下级单位' : `只能有${fitting}`
    return { field: 'kind', message: `${parent.name}下面${below}。` }
  }
  const taken = offices.find(({ code }) => code === wanted.code)
  if (taken)
    return { field: 'shortCode', message: `代码 ${wanted.code} 已经是${taken.name}的。`, exists: true }
  return nameFault(wanted, offices, fold)
}

/** Files name towns by their names, so no two offices of a county have the same; villages of different towns may. */
export function nameFault(
  { code, kind, name }: Placed,
  offices: readonly Placed[],
  fold: Fold,
): OfficeFault | null {
  const siblings = offices.filter((one) => one.code !== code && (kind !== 'village' || isBeside(one, code)))
  const taken = siblings.find((one) => fold(one.name) === fold(name))
  return taken ? { field: 'name', message: `已有名为“${name}”的单位(${taken.code})。`, exists: true } : null
}

const parentOf = (code: string) => code.slice(0, code.lastIndexOf('.'))
const isBeside = (one: Placed, code: string) => parentOf(one.code) === parentOf(code)
