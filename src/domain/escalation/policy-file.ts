import { LineCounter, parseDocument, stringify, visit } from 'yaml'
import type { z } from 'zod'
import type { KindLabels } from '../obligation/vocabulary.ts'
import type { Rule, PolicyContent } from './policy.ts'
import { fieldOf, type FilePart } from './policy-fields.ts'
import { policyOf } from './parse-policy.ts'
import { policySchema } from './policy-schema.ts'

/** What does not fit in a policy file, and where. */
export type PolicyFault = { line: number | null; field: string; message: string }

/** Thrown when a policy file cannot be used: every fault with its line and its field. */
export class PolicyRefused extends Error {
  constructor(
    readonly file: string,
    readonly faults: readonly PolicyFault[],
  ) {
    super(faults.map((fault) => faultWords(file, fault)).join('\n'))
    this.name = 'PolicyRefused'
  }
}

/** `规则.yaml 第 12 行,规则第 3 条·时限·工作日数:要是数字` */
export function faultWords(file: string, { line, field, message }: PolicyFault): string {
  return `${file}${line === null ? '' : ` 第 ${line} 行`}${field === '' ? '' : `,${field}`}:${message}`
}

/**
 * Reads a policy written as YAML or JSON; every perform rule gets its redo.
 * @param file its name, for refusals
 * @throws PolicyRefused
 */
export function readPolicyFile(text: string, kinds: KindLabels, file: string): PolicyContent {
  const lineCounter = new LineCounter()
  const document = parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter })
  const [broken] = document.errors
  if (broken) {
    const message = '不是合格的 YAML 或 JSON,请检查缩进、冒号后的空格和引号'
    throw new PolicyRefused(file, [{ line: broken.linePos?.[0].line ?? null, field: '', message }])
  }
  const checked = policySchema(kinds).safeParse(contentOf(document, lineCounter, file))
  if (checked.success) return policyOf(checked.data)
  const lineOf = (path: readonly PropertyKey[]) => lineOfPath(document, lineCounter, path)
  throw new PolicyRefused(
    file,
    checked.error.issues.map((issue) => faultOf(issue, lineOf)),
  )
}

/** @throws PolicyRefused where an alias names what nothing is anchored as, or where aliases stand for too much */
function contentOf(document: ReturnType<typeof parseDocument>, lines: LineCounter, file: string): unknown {
  try {
    return document.toJS()
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    const message = '里面的引用(以 * 开头)找不到所指的内容,或者重复太多,请直接写出内容'
    throw new PolicyRefused(file, [{ line: lineOfAlias(document, lines), field: '', message }])
  }
}

/** The line of the first alias that names nothing. */
function lineOfAlias(document: ReturnType<typeof parseDocument>, lines: LineCounter): number | null {
  let at: number | null = null
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return undefined
      at = alias.range?.[0] ?? null
      return visit.BREAK
    },
  })
  return at === null ? null : lines.linePos(at).line
}

/** Of a choice between forms, what is wrong with the form that fits best. */
function nearestIssue(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue
  const [best] = [...issue.errors].sort((a, b) => a.length - b.length)
  const inner = best?.[0]
  return inner ? nearestIssue({ ...inner, path: [...issue.path, ...inner.path] }) : issue
}

function faultOf(
  found: z.core.$ZodIssue,
  lineOf: (path: readonly PropertyKey[]) => number | null,
): PolicyFault {
  const issue = nearestIssue(found)
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const path = unknown === undefined ? issue.path : [...issue.path, unknown]
  return { line: lineOf(path), field: fieldOf(path), message: issue.message }
}

/** The line of what a path leads to, or of the nearest thing above it that is there. */
function lineOfPath(
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
  path: readonly PropertyKey[],
): number | null {
  for (let depth = path.length; depth >= 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true) as
      { range?: [number, number, number] | null } | undefined
    if (node?.range) return lines.linePos(node.range[0]).line
  }
  return null
}

/** A policy as the file that gives it again. The type asks for every part, so that none is forgotten. */
export function policyFile(policy: PolicyContent): string {
  const { name, example, rules, standing, deferral, monitoring, suspension, extension } = policy
  const { handOver, standingCheck, override } = policy
  const { withoutNumber, ...changes } = policy.changes ?? {}
  const parts = {
    ...{ name, example, rules: rules.filter(isWritten).map(ruleInFile), redo: redoInFile(rules) },
    standing: standing ?? undefined,
    deferral: deferral ?? undefined,
    changes: Object.keys(changes).length > 0 ? changes : undefined,
    households: withoutNumber && { withoutNumber },
    monitoring: monitoring ?? undefined,
    suspension: suspension ?? undefined,
    extension: extension ?? undefined,
    handOver: handOver ?? undefined,
    standingCheck: standingCheck ?? undefined,
    override: override ?? undefined,
  } satisfies Record<FilePart, unknown>
  return stringify(parts, { lineWidth: 140, aliasDuplicateObjects: false })
}

/** The rules of a redo, of pauses and of requests come of the others. */
export function isWritten({ stage }: Pick<Rule, 'stage'>): boolean {
  return stage === 'perform' || stage === 'review'
}

function ruleInFile({ code, label, kinds, level, groups, causes, stage, ...rest }: Rule): object {
  const { limit, reminders, ladder, repeat, watch } = rest
  const what = { code, label, kinds, level, groups, causes, stage }
  return { ...what, limit, reminders, ladder, repeat, watch } satisfies Record<keyof Rule, unknown>
}

function redoInFile(rules: readonly Rule[]): object {
  const redo = rules.find(({ stage }) => stage === 'redo')
  const fixedDayWorkingDays = redo && 'halfOfOriginal' in redo.limit ? redo.limit.fixedDayWorkingDays : 1
  return { fixedDayWorkingDays, reminders: redo?.reminders ?? [] }
}
