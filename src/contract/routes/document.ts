import type { z } from 'zod'
import type { Permission } from '../../domain/people/permissions.ts'

/** What a route takes and answers, and what the API's document says of it. Its handler is in src/api. */
export type RouteDocument = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below /v1, but for health and metrics. */
  url: string
  /** `sensitive`: the answer is not kept for a repeated request. */
  config?: { permission: Permission | 'open'; sensitive?: boolean }
  schema: {
    /** The heading in the document. */
    tags: string[]
    operationId: string
    summary: string
    description?: string
    security?: readonly Record<string, readonly string[]>[]
    consumes?: string[]
    produces?: string[]
    params?: z.ZodType
    querystring?: z.ZodType
    body?: z.ZodType
    response?: Record<string | number, z.ZodType>
  }
}
export type RouteDocuments = Record<string, RouteDocument>
