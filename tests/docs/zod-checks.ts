type Check = { _zod: { def: { check: string; error?: (issue: object) => unknown } } }

/** The sentence of every check of our own that stands anywhere in these schemas. */
export function customMessages(schemas: readonly unknown[]): string[] {
  const [sentences, seen] = [new Set<string>(), new Set<unknown>()]
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    if (isCustom(value)) sentences.add(String(value._zod.def.error?.({}) ?? 'a check without a sentence'))
    for (const part of '_zod' in value ? [(value as Check)._zod.def] : Object.values(value)) walk(part)
  }
  walk(schemas)
  return [...sentences]
}

function isCustom(value: object): value is Check {
  return '_zod' in value && (value as Check)._zod.def.check === 'custom'
}
