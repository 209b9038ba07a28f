import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'

/** A sentence of the server with which it refuses: `{}` where it names something, and its code where it has one. */
export type Sentence = { file: string; text: string; code: string | null }

const SRC = new URL('../../src/', import.meta.url)
const HAN = /\p{Script=Han}/u
/** Rooms whose refusals no page shows: commands, the demonstration, the engine. */
const UNSHOWN = /^(bin|demo|engine|rehearsal|workflows|activities)\//
/** Which argument of a call is the sentence. */
const CALLS: Record<string, number> = {
  ...{ ApiError: 2, AccountRefusal: 1, NotForThem: 0, mustBe: 1, badOffice: 0, badUntil: 0, badFile: 0 },
  ...{ fault: 1, badField: 2, refusedAt: 2 },
}

export function sentencesOfServer(): Sentence[] {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !UNSHOWN.test(path))
  return files.flatMap((file) => sentencesIn(file, readFileSync(new URL(file, SRC), 'utf8')))
}

function sentencesIn(file: string, source: string): Sentence[] {
  const found: Sentence[] = []
  const add = (node: ts.Expression | undefined, code: string | null) => {
    const text = node ? textOf(node) : null
    if (text !== null && HAN.test(text)) found.push({ file, text, code })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
      const at = CALLS[nameOf(node.expression)]
      const [, second] = node.arguments ?? []
      if (at !== undefined)
        add(node.arguments?.[at], second && ts.isStringLiteral(second) && at === 2 ? second.text : null)
    }
    if (ts.isObjectLiteralExpression(node)) addOfObject(node, add)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, false))
  return found
}

/** `{ refused: 'too-late', message: '…' }`, or `{ column: 'email', message: '…' }`. */
function addOfObject(
  node: ts.ObjectLiteralExpression,
  add: (node: ts.Expression | undefined, code: string | null) => void,
): void {
  const of = new Map(
    node.properties.flatMap((p) =>
      ts.isPropertyAssignment(p) && ts.isIdentifier(p.name) ? [[p.name.text, p.initializer] as const] : [],
    ),
  )
  const refused = of.get('refused')
  if (refused && ts.isStringLiteral(refused)) add(of.get('message'), refused.text)
  else if (of.has('column') || of.has('field')) add(of.get('message'), null)
}

function nameOf(expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) return expression.text
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : ''
}

/** A literal, with `{}` for what is put into it. */
function textOf(node: ts.Expression): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text
  if (!ts.isTemplateExpression(node)) return null
  return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('')
}
