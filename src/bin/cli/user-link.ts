import { linkUrl, makeLink } from '../../services/access/secret-links.ts'
import type { LinkPurpose } from '../../services/access/login-links.ts'
import type { Sql } from '../../db/pool.ts'
import { beijingText } from '../../domain/time/days.ts'
import { runtimeUrl } from '../../engine/embedded/data-dir.ts'
import { CliError } from './cli-error.ts'
import type { Config } from '../config/config-schema.ts'

export type PrintedLink = { link: string; until: string }

/** A link for whoever stands beside the administrator; earlier ones are void. In a transaction. */
export async function linkFor(
  tx: Sql,
  config: Config,
  person: string,
  purpose: LinkPurpose,
): Promise<PrintedLink> {
  const { token, expiresWall } = await makeLink(tx, person, purpose, Date.now())
  const base = config.DASHBOARD_URL ?? runningAt(config.DUBAN_DATA)
  return { link: linkUrl(base, token), until: beijingText(expiresWall) }
}

/** Where the service of this data directory is reached; it may have moved to a free port. */
function runningAt(dir: string): string {
  const url = runtimeUrl(dir)
  if (url === null) throw new CliError('不知道网页的地址:请设置 DASHBOARD_URL,或先启动服务。')
  return url
}
