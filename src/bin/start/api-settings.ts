import type { ApiDeps } from '../../api/http/deps.ts'
import { BadBreachedFile, type Breached, breachedFile } from '../../services/access/breached-file.ts'
import { BadConfig } from '../config/config.ts'
import type { Config } from '../config/config-schema.ts'
import { isReachedHereAlone } from './production.ts'

type Settings = Pick<
  ApiDeps,
  | 'demo'
  | 'demoSignIn'
  | 'secondFactor'
  | 'revealLimit'
  | 'attachmentBytes'
  | 'perMinute'
  | 'proxy'
  | 'https'
  | 'openInbox'
>

/** What the API is told of the configuration. Signing in as a sample person is for trial mode on loopback alone. */
export function apiSettings(
  config: Config,
  { begin, demoSignIn = begin === 'demo' }: { begin: string; demoSignIn?: boolean },
): Settings {
  const here = config.DUBAN_MODE === 'trial' && isReachedHereAlone(config)
  const factors = config.DUBAN_SECOND_FACTOR ?? (config.DUBAN_MODE === 'production' ? 'administrators' : '')
  return {
    demo: begin === 'demo',
    demoSignIn: demoSignIn && here,
    openInbox: here,
    secondFactor: {
      everybody: factors.includes('everybody'),
      administrators: factors.includes('administrators'),
      revealing: factors.includes('revealing'),
    },
    revealLimit: config.DUBAN_REVEAL_LIMIT,
    attachmentBytes: config.DUBAN_ATTACHMENT_MB * 1024 * 1024,
    perMinute: config.DUBAN_RATE_LIMIT,
    proxy: config.DUBAN_PROXY ?? null,
    https: config.DASHBOARD_URL?.startsWith('https:') ?? false,
  }
}

/** @throws BadConfig where the operator's file of breached passwords cannot be used: nobody would notice later */
export async function breachedOf({ DUBAN_BREACHED_PASSWORDS: path }: Config): Promise<Breached> {
  if (path === undefined) return () => Promise.resolve(false)
  try {
    return await breachedFile(path)
  } catch (error) {
    if (!(error instanceof BadBreachedFile)) throw error
    throw new BadConfig([`DUBAN_BREACHED_PASSWORDS=${path}:${error.why}。`])
  }
}
