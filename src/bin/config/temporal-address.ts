import { readFileSync } from 'node:fs'
import type { TemporalAt } from '../../engine/temporal-at.ts'
import { BadConfig } from './config.ts'
import type { Config } from './config-schema.ts'

/**
 * How Temporal is reached: as the configuration says, or our own server. Files are read anew for every connection, so that
 * renewed certificates and keys are taken up with the next one.
 * @throws BadConfig naming every file that cannot be read
 */
export function temporalAt(config: Config, own: string | null): TemporalAt {
  if (!config.TEMPORAL_ADDRESS) return { address: own ?? '' }
  const address = config.TEMPORAL_ADDRESS
  if (config.TEMPORAL_TLS === 'off') return { address }
  const problems = unreadableFiles(config)
  if (problems.length > 0) throw new BadConfig(problems)
  const read = (name: FileSetting) => (config[name] ? readFileSync(config[name]) : null)
  const [ca, crt, key] = [read('TEMPORAL_TLS_CA'), read('TEMPORAL_TLS_CERT'), read('TEMPORAL_TLS_KEY')]
  const apiKey = read('TEMPORAL_API_KEY_FILE')?.toString().trim()
  const { TEMPORAL_TLS_SERVER_NAME: serverNameOverride } = config
  return {
    address,
    tls: {
      ...(ca ? { serverRootCACertificate: ca } : {}),
      ...(crt && key ? { clientCertPair: { crt, key } } : {}),
      ...(serverNameOverride ? { serverNameOverride } : {}),
    },
    ...(apiKey ? { apiKey } : {}),
  }
}

const FILES = [
  'TEMPORAL_TLS_CA',
  'TEMPORAL_TLS_CERT',
  'TEMPORAL_TLS_KEY',
  'TEMPORAL_API_KEY_FILE',
] as const satisfies (keyof Config)[]
type FileSetting = (typeof FILES)[number]

/** The files for Temporal that are named and cannot be read, one sentence each. */
export function unreadableFiles(config: Config): string[] {
  return FILES.flatMap((name) => {
    const path = config[name]
    if (!path) return []
    try {
      readFileSync(path)
      return []
    } catch (error) {
      return [`${name}:读不了 ${path}(${(error as NodeJS.ErrnoException).code ?? '出错'})`]
    }
  })
}
