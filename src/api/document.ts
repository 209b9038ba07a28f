import { jsonSchemaTransform } from 'fastify-type-provider-zod'

type Responses = Record<string, { description?: string; content?: unknown }>

/** What our OpenAPI document says of a route: its zod schemas, and refusals under the content type they really carry. */
export const documented: typeof jsonSchemaTransform = (route) => {
  const { schema, url } = jsonSchemaTransform(route)
  const response = schema['response'] as Responses | undefined
  if (!response) return { schema, url }
  return { schema: { ...schema, response: Object.fromEntries(Object.entries(response).map(asProblem)) }, url }
}

function asProblem([status, body]: [string, Responses[string]]): [string, Responses[string]] {
  if (!/^[45]xx$/i.test(status)) return [status, body]
  const { description = status.startsWith('4') ? '没有执行,原因见 detail' : '服务出错', ...schema } = body
  return [status, { description, content: { 'application/problem+json': { schema } } }]
}
