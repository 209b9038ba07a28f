import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { FIELD_WORDS } from '../../src/contract/field-words.ts'
import type { RouteDocuments } from '../../src/contract/routes/document.ts'

const ROUTES = new URL('../../src/contract/routes/', import.meta.url)

/** The names of all fields of a schema, those inside of others too. */
function fieldsOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(fieldsOf)
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([name, value]) =>
    name === 'properties'
      ? [...Object.keys(value as object), ...Object.values(value as object).flatMap(fieldsOf)]
      : fieldsOf(value),
  )
}

test('every field of a body and of a query has a Chinese word', async () => {
  const without = new Set<string>()
  let fields = 0
  for (const file of await readdir(ROUTES)) {
    const module = (await import(new URL(file, ROUTES).href)) as Record<string, RouteDocuments>
    for (const documents of Object.values(module))
      for (const { schema } of Object.values(documents))
        for (const part of [schema.body, schema.querystring])
          for (const name of part
            ? fieldsOf(z.toJSONSchema(part, { io: 'input', unrepresentable: 'any' }))
            : []) {
            fields += 1
            if (!(name in FIELD_WORDS)) without.add(name)
          }
  }
  expect(fields).toBeGreaterThan(60)
  expect([...without]).toEqual([])
})
