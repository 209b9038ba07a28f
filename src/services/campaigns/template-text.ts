import { isAlias, isNode, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml'
import { z } from 'zod'
import { refusalWords } from '../../contract/refusal-words.ts'
import { KINDS } from '../../kinds/kinds.ts'
import { type CampaignTemplate, campaignTemplateSchema } from '../../domain/obligation/campaign-template.ts'
import { type TemplateFault, templateFaults } from '../../domain/obligation/template-checks.ts'

/** A fault of a template's text: the line, the field as a path, and a sentence. */
export type TextFault = { line: number; field: string; message: string }

/** Thrown when a template cannot be taken; each fault says where and why. */
export class BadTemplate extends Error {
  override readonly name = 'BadTemplate'
  readonly faults: readonly TextFault[]

  constructor(faults: readonly TextFault[]) {
    super(faults.map(faultWords).join('\n'))
    this.faults = faults
  }
}

/** `第 12 行 phases[0].due:没有 02-30 这一天` */
export function faultWords({ line, field, message }: TextFault): string {
  return `第 ${line} 行${field === '' ? '' : ` ${field}`}:${message}`
}

/**
 * Reads a template that somebody wrote, with all that is wrong with it at once.
 * @param duties those that offices of the county have
 * @throws BadTemplate
 */
export function readTemplateText(text: string, duties: ReadonlySet<string>): CampaignTemplate {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const lineOf = (offset: number) => lines.linePos(offset).line
  const broken = [
    ...document.errors.map(({ pos }) => ({ line: lineOf(pos[0]), field: '', message: BROKEN })),
    ...aliasFaults(document).map(({ at, message }) => ({ line: lineOf(at), field: '', message })),
  ]
  if (broken.length > 0) throw new BadTemplate(broken)
  const read = schema().safeParse(document.toJS(), { error: refusalWords })
  const faults = read.success
    ? templateFaults(read.data, duties)
    : read.error.issues.map(({ path, message }) => ({ path: path as TemplateFault['path'], message }))
  if (faults.length > 0) throw new BadTemplate(faults.map((fault) => placed(fault, document, lineOf)))
  return read.data!
}

const BROKEN = 'YAML 写得不对:请检查缩进、冒号后的空格、括号和引号是否成对'

function schema() {
  const kinds = KINDS.filter((kind) => kind.begins.includes('template')).map(({ code }) => code)
  return campaignTemplateSchema(z.enum(kinds))
}

/** A reference to nothing, or to what it stands in itself, which would never end. */
function aliasFaults(document: Document): { at: number; message: string }[] {
  const faults: { at: number; message: string }[] = []
  visit(document, {
    Alias(_key, alias, path) {
      const target = alias.resolve(document)
      const at = alias.range?.[0] ?? 0
      if (!target) faults.push({ at, message: `引用 *${alias.source} 没有对应的 &${alias.source}` })
      else if (path.some((ancestor) => ancestor === target))
        faults.push({ at, message: `引用 *${alias.source} 套住了它自己,绕成了圈;请改正` })
    },
  })
  return faults
}

function placed(
  { path, message }: TemplateFault,
  document: Document,
  lineOf: (offset: number) => number,
): TextFault {
  return { line: lineOf(offsetOf(path, document)), field: fieldOf(path), message }
}

/** Where the field stands; where it is missing, what should have it. */
function offsetOf(path: TemplateFault['path'], document: Document): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node)) return startOf(node, document)
  }
  return 0
}

function startOf(node: Node, document: Document): number {
  const target = isAlias(node) ? (node.resolve(document) ?? node) : node
  return target.range?.[0] ?? 0
}

/** `phases[0].items[2].owner` */
function fieldOf(path: TemplateFault['path']): string {
  return path.reduce<string>(
    (field, key) => (typeof key === 'number' ? `${field}[${key}]` : field === '' ? key : `${field}.${key}`),
    '',
  )
}
