// Writes the types of the API that the web app asks (web/generated/api.d.ts), from the document the API gives of itself.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'
import pino from 'pino'
import { Registry } from 'prom-client'
import { buildApp } from '../src/api/app.ts'
import type { ApiDeps } from '../src/api/http/deps.ts'

const FOLDER = 'web/generated'
const FILE = `${FOLDER}/api.d.ts`

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

const app = await buildApp(described)
await app.ready()
const types = astToString(await openapiTS(JSON.stringify(app.swagger())))
await app.close()
// An unchanged file keeps its time, so that nothing is built anew for it.
if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== types) {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(FILE, types)
}
