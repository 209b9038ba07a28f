/** The kinds whose fields have words of their own, which come before those of all forms (words/follow.zh-CN.ts). */
const FOLLOWED: ReadonlySet<string> = new Set(['warning', 'follow-up', 'monitoring-visit'])

/** The last step of a path that is no row. */
export const nameOf = (path: string) =>
  path
    .split('.')
    .filter((step) => !/^\d*$/.test(step))
    .pop() ?? path

/** Those of the kind first. */
function inOrder(kind: string | undefined, ofForms: string, ofFollowed: string): string[] {
  return kind !== undefined && FOLLOWED.has(kind) ? [ofFollowed, ofForms] : [ofForms, ofFollowed]
}

/** Where the catalogue may have the name of a field, in the order in which it is looked for. */
export function fieldKeys(path: string, kind?: string): string[] {
  const name = nameOf(path)
  return [...inOrder(kind, `form.field.${name}`, `field.${name}`), `step.${name}`]
}

/** The same of one of its codes. */
export function choiceKeys(path: string, code: string, kind?: string): string[] {
  const name = nameOf(path)
  const own = name === 'reasonCode' ? 'suspensionReason' : name
  return [...inOrder(kind, `form.choice.${name}.${code}`, `choice.${name}.${code}`), `${own}.${code}`]
}
