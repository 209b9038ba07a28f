import { readFileSync } from 'node:fs'
import type { TemporalAt } from '../engine/temporal-at.ts'
import { BadConfig, type Config } from './config.ts'

/**
 * How Temporal is reached: as the configuration says, or our own server. Files are read anew for every connection, so that
 * renewed certificates and keys are taken up with the next one.
 * @throws BadConfig naming every file that cannot be read
 */
export function temporalAt(config: Config, own: string | null): TemporalAt {
  if (!config.TEMPORAL_ADDRESS) return { address: own ?? '' }
  const address = config.TEMPORAL_ADDRESS
  if (config.TEMPORAL_TLS === 'off') return { address }
  const problems: string[] = []
  const read = (name: FileSetting) => readSetting(config, name, problems)
  const [ca, crt, key] = [read('TEMPORAL_TLS_CA'), read('TEMPORAL_TLS_CERT'), read('TEMPORAL_TLS_KEY')]
  const apiKey = read('TEMPORAL_API_KEY_FILE')?.toString().trim()
  if (problems.length > 0) throw new BadConfig(problems)
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

type FileSetting = 'TEMPORAL_TLS_CA' | 'TEMPORAL_TLS_CERT' | 'TEMPORAL_TLS_KEY' | 'TEMPORAL_API_KEY_FILE'

function readSetting(config: Config, name: FileSetting, problems: string[]): Buffer | null {
  const path = config[name]
  if (!path) return null
  try {
    return readFileSync(path)
  } catch (error) {
    problems.push(`${name}:读不了 ${path}(${(error as NodeJS.ErrnoException).code ?? '出错'})`)
    return null
  }
}
