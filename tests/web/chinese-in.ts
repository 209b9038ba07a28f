import ts from 'typescript'

const HAN = /\p{Script=Han}/u

/**
 * The Chinese texts of a source that stand under given names: as a property, a constant, or in a call. `{}` stands where a text
 * names something.
 */
export function chineseIn(file: string, source: string, names: readonly string[]): string[] {
  const found = new Set<string>()
  const visit = (node: ts.Node, named: boolean): void => {
    const text = named ? textOf(node) : null
    if (text !== null) {
      if (HAN.test(text)) found.add(text)
      return
    }
    ts.forEachChild(node, (child) => visit(child, named || isNamed(node, names)))
  }
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true), false)
  return [...found]
}

function isNamed(node: ts.Node, names: readonly string[]): boolean {
  if (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node))
    return ts.isIdentifier(node.name) && names.includes(node.name.text)
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && names.includes(node.expression.text)
}

/** A literal, or what is put together of several. */
function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text
  if (!ts.isTemplateExpression(node)) return null
  return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('')
}
