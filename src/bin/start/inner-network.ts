import { isLoopback } from '../../domain/loopback.ts'
import type { Config } from '../config/config-schema.ts'

const DATABASES = ['DATABASE_URL', 'DATABASE_API_URL', 'DATABASE_GATE_URL', 'DATABASE_WORKER_URL'] as const
const TRUSTED =
  '若它们之间是一段只属于这套系统的内部网络,可设 DUBAN_INNER_NETWORK=trusted,表示知道这一段不加密。'

/** What is reached on another machine in the clear, one sentence each (ASVS 12.3.1); none where that is known and meant. */
export function unencrypted(config: Config): string[] {
  if (config.DUBAN_INNER_NETWORK === 'trusted') return []
  return [...plainDatabases(config), ...plainTemporal(config), ...plainMail(config)]
}

function plainDatabases(config: Config): string[] {
  const names = DATABASES.filter((name) => config[name] && !isSafeDatabase(config[name]))
  if (names.length === 0) return []
  return [
    `${names.join('、')}:数据库在另一台机器上而连接不加密,或不核对对方是谁。请在地址后加 ?sslmode=verify-full(自签的证书另加 &sslrootcert=CA文件)。${TRUSTED}`,
  ]
}

/** By `sslmode` as pg reads it: it checks certificates with every mode but these, unless it is told to do as libpq does. */
function isSafeDatabase(url: string): boolean {
  const { hostname, searchParams } = new URL(url)
  // Of a setting that is repeated, pg takes the last.
  const setting = (name: string) => searchParams.getAll(name).at(-1)
  const host = setting('host') ?? decodeURIComponent(hostname)
  if (host === '' || host.startsWith('/') || isLoopback(host)) return true
  const likeLibpq = setting('uselibpqcompat') === 'true'
  return (likeLibpq ? /^verify-(ca|full)$/ : /^(require|verify-(ca|full))$/).test(setting('sslmode') ?? '')
}

function plainTemporal({ TEMPORAL_ADDRESS, TEMPORAL_TLS }: Config): string[] {
  const host = TEMPORAL_ADDRESS?.replace(/:\d+$/, '') ?? 'localhost'
  if (isLoopback(host) || TEMPORAL_TLS === 'on') return []
  return [
    `TEMPORAL_ADDRESS:Temporal 在另一台机器上而连接不加密。请设 TEMPORAL_TLS=on(CA、客户端证书见 TEMPORAL_TLS_*)。${TRUSTED}`,
  ]
}

function plainMail({ SMTP_URL }: Config): string[] {
  if (!SMTP_URL || isSafeMail(new URL(SMTP_URL))) return []
  return [
    `SMTP_URL:邮件服务器在另一台机器上,而连接可以不加密,或不核对对方是谁。请写成 smtps://…,或加 ?requireTLS=true(必须 STARTTLS)。${TRUSTED}`,
  ]
}

/** As nodemailer reads the address; what it does not know by that name does not count. */
function isSafeMail({ protocol, hostname, searchParams }: URL): boolean {
  if (isLoopback(hostname)) return true
  const unchecked = ['false', '0'].includes(searchParams.get('tls.rejectUnauthorized') ?? '')
  return !unchecked && (protocol === 'smtps:' || searchParams.get('requireTLS') === 'true')
}
