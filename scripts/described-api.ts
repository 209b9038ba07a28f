import pino from 'pino'
import { Registry } from 'prom-client'
import { buildApp } from '../src/api/app.ts'
import type { ApiDeps } from '../src/api/http/deps.ts'

/** Describing itself, the API asks no database and sends no mail: what is not named here is never called. */
const described = {
  log: pino({ level: 'silent' }),
  metrics: new Registry(),
  letters: { dashboardUrl: 'http://localhost' },
  perMinute: 1,
  proxy: null,
  https: false,
  inbox: null,
  web: null,
} as unknown as ApiDeps

/** The API's document of itself (OpenAPI), as JSON. */
export async function describedApi(): Promise<string> {
  const app = await buildApp(described)
  await app.ready()
  const document = JSON.stringify(app.swagger())
  await app.close()
  return document
}
