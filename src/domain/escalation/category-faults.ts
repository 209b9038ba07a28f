import {
  type Cause,
  codesOf,
  type Group,
  type Kind,
  type KindLabels,
  type Level,
  LEVEL_LABELS,
  type Stage,
  STAGE_LABELS,
} from '../obligation/vocabulary.ts'
import { isByCategory } from './policy.ts'
import { categoryWords } from './rule-words.ts'

/** What is checked of categories; each fault has a sentence of its own, which names the rules. */
export const CATEGORY_RULE =
  '同样具体而户有重叠的两条不收,点出两条的名称;写了类别的,同样的种类、等级、环节还要有一条不分类别的'

/** A rule as far as it decides what it is for. */
type Scoped = {
  label: string
  kinds: Kind[]
  level?: Level | undefined
  groups?: Group[] | undefined
  causes?: Cause[] | undefined
  stage: Stage
}
/** `at`: which rule, from 0. */
export type CategoryFault = { at: number; field: 'groups' | 'causes'; message: string }

/**
 * What does not fit in the categories of a policy's rules (R1): two that are equally particular and for the same household, or one
 * that leaves work of other categories without any rule. Rules without a category are never at fault.
 */
export function categoryFaults(rules: readonly Scoped[], kindLabels: KindLabels): CategoryFault[] {
  return rules.flatMap((rule, at) => {
    if (!isByCategory(plain(rule))) return []
    const field = rule.groups ? ('groups' as const) : ('causes' as const)
    const rival = rules.slice(0, at).find((other) => isTie(other, rule))
    const lacking = lackingFor(rule, rules)
    return [
      ...(rival ? [tieWords(rival, rule)] : []),
      ...(lacking ? [lackingWords(rule, kindLabels[lacking.kind], lacking)] : []),
    ].map((message) => ({ at, field, message }))
  })
}

function plain({ groups, causes }: Scoped): { groups?: Group[]; causes?: Cause[] } {
  return { ...(groups && { groups }), ...(causes && { causes }) }
}

/** Neither is more particular, and there are households that both are for. */
function isTie(one: Scoped, other: Scoped): boolean {
  return (
    one.stage === other.stage &&
    one.level === other.level &&
    one.kinds.some((kind) => other.kinds.includes(kind)) &&
    meet(one.groups, other.groups) &&
    meet(one.causes, other.causes)
  )
}

/** One that names none is less particular than one that does. */
function meet<Code>(one: readonly Code[] | undefined, other: readonly Code[] | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  return one.some((code) => other.includes(code))
}

/** A kind, and a level where it is for one, that has no rule for the other categories. */
type Lacking = { kind: Kind; level: Level | undefined }

function lackingFor(rule: Scoped, rules: readonly Scoped[]): Lacking | null {
  const general = rules.filter((r) => r.stage === rule.stage && !isByCategory(plain(r)))
  for (const kind of rule.kinds) {
    const of = general.filter((r) => r.kinds.includes(kind))
    const has = (level: Level | undefined) => of.some((r) => r.level === undefined || r.level === level)
    if (rule.level === undefined ? has(undefined) : has(rule.level)) continue
    if (rule.level !== undefined) return { kind, level: rule.level }
    // One for any level is met by rules for each of them.
    const level = codesOf(LEVEL_LABELS).find((one) => !has(one))
    if (level !== undefined) return { kind, level: of.length === 0 ? undefined : level }
  }
  return null
}

function tieWords(one: Scoped, other: Scoped): string {
  return `规则「${one.label}」和「${other.label}」写得一样具体,都用于同一类户(${scopeWords(other)}),分不清用哪一条:请改成互不重叠`
}

function lackingWords(rule: Scoped, kind: string, { level }: Lacking): string {
  const which = [kind, ...(level ? [LEVEL_LABELS[level]] : []), STAGE_LABELS[rule.stage]].join('·')
  return `规则「${rule.label}」只用于${categoryWords(plain(rule))},其他户没有规则:请另写一条不分重点人群和致贫返贫因素的(${which})`
}

function scopeWords(rule: Scoped): string {
  return `${rule.level ? `${LEVEL_LABELS[rule.level]}·` : ''}${categoryWords(plain(rule))}`
}
