import type { FastifyBaseLogger, RawServerDefault, RouteGenericInterface, RouteHandlerMethod } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RouteDocument } from '../../contract/routes/document.ts'
import type { Routes } from './route-types.ts'

/** The handler of a documented route: its request and its answer have the types of the document's schemas. */
export type HandlerOf<D extends RouteDocument> = RouteHandlerMethod<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  RouteGenericInterface,
  unknown,
  D['schema'],
  ZodTypeProvider,
  FastifyBaseLogger
>

/** Registers the handler of a documented route. */
export function route<D extends RouteDocument>(app: Routes, document: D, handler: HandlerOf<D>): void {
  const { method, url, config, schema } = document
  app.route<RouteGenericInterface, unknown, D['schema']>({
    method,
    url,
    ...(config && { config }),
    schema,
    handler,
  })
}
