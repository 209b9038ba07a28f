import { commandLine } from '../cli/called-as.ts'
import { isLoopback } from '../../domain/loopback.ts'
import { type Pool, row } from '../../db/pool.ts'
import { BadConfig } from '../config/config.ts'
import type { Config } from '../config/config-schema.ts'
import { unencrypted } from './inner-network.ts'
import { unreadableFiles } from '../config/temporal-address.ts'

/** What only the database tells. */
export type Facts = { demoLaid: boolean; samplePeople: number }

export type Beginning = 'demo' | 'campaign' | 'offices'

/** Why this must not run for real households, one sentence each; none in trial mode, where what is missing is made. */
export function refusals(config: Config, facts: Facts): string[] {
  if (config.DUBAN_MODE === 'trial') return []
  return [
    ...missing(config),
    ...exposed(config),
    ...unencrypted(config),
    ...asOwner(config),
    ...sample(facts),
  ]
}

/** What a trial switches off because others can reach it, one sentence each. */
export function notices(config: Config): string[] {
  if (config.DUBAN_MODE !== 'trial' || isReachedHereAlone(config)) return []
  return [
    `试用模式,而别的机器也能访问(DUBAN_HOST、DUBAN_PROXY 或 DASHBOARD_URL):示例人员登录和免登录的试用邮箱已关闭,请用 ${commandLine('user add')} 建账号。正式使用请设 DUBAN_MODE=production。`,
  ]
}

/** What an empty database gets. Into a real one nothing is put that nobody asked for, no demonstration above all. */
export function beginningOf({ DUBAN_MODE }: Config, wanted: Beginning): Beginning {
  return DUBAN_MODE === 'production' ? 'offices' : wanted
}

/** Before anything is made or reached: what the configuration and the files it names tell. @throws BadConfig naming everything at once */
export function refuseIncomplete(config: Config): void {
  const problems = [...refusals(config, { demoLaid: false, samplePeople: 0 }), ...unreadableFiles(config)]
  if (problems.length > 0) throw new BadConfig(problems)
}

/** @throws BadConfig naming everything at once */
export async function refuseUnsafe(config: Config, owner: Pool): Promise<void> {
  const problems = refusals(config, await factsOf(owner))
  if (problems.length > 0) throw new BadConfig(problems)
}

/** Nobody on another machine gets here, neither directly nor through a proxy. */
export function isReachedHereAlone({ DUBAN_HOST, DUBAN_PROXY, DASHBOARD_URL }: Config): boolean {
  const hosts = [DUBAN_HOST, ...(DASHBOARD_URL ? [new URL(DASHBOARD_URL).hostname] : [])]
  return !DUBAN_PROXY && hosts.every(isLoopback)
}

function missing(config: Config): string[] {
  const wanted = {
    DATABASE_URL: '正式数据不放在内置数据库里。',
    TEMPORAL_ADDRESS: '自备的开发服务器不用于正式运行。',
    SMTP_URL: '提醒和督办要真正发出。',
    DUBAN_MASTER_KEY: '主密钥要由您保管在别处(openssl rand -hex 32),不能只在数据目录里。',
  } as const
  return Object.entries(wanted).flatMap(([name, why]) =>
    config[name as keyof typeof wanted] ? [] : [`${name} 没有设置:${why}`],
  )
}

/** Who could listen in, or pretend to be somewhere else. */
function exposed({ DASHBOARD_URL, DUBAN_PROXY, DUBAN_SECOND_FACTOR }: Config): string[] {
  const faults: [boolean, string][] = [
    [!DASHBOARD_URL?.startsWith('https:'), 'DASHBOARD_URL 要是 https 网址:登录和邮件中的链接不能走明文。'],
    [
      !DUBAN_PROXY,
      'DUBAN_PROXY 没有设置:本服务只说 http,要放在做 https 的反向代理后面;不写明代理的地址,人人都像从同一处来,登录限制会互相牵连。',
    ],
    [
      DUBAN_SECOND_FACTOR !== undefined && !/everybody|administrators/.test(DUBAN_SECOND_FACTOR),
      `DUBAN_SECOND_FACTOR=${DUBAN_SECOND_FACTOR}:正式模式下管理员必须两步验证,要包含 administrators 或 everybody。`,
    ],
  ]
  return faults.flatMap(([is, why]) => (is ? [why] : []))
}

const LOGINS = {
  DATABASE_API_URL: 'duban_api',
  DATABASE_GATE_URL: 'duban_gate',
  DATABASE_WORKER_URL: 'duban_worker',
} as const

/** A connection that took a role on can put it down again: what answers requests logs in as somebody who owns nothing. */
function asOwner(config: Config): string[] {
  if (!config.DATABASE_URL) return []
  const owner = loginOf(config.DATABASE_URL)
  const names = Object.keys(LOGINS) as (keyof typeof LOGINS)[]
  const shared = names.filter((name) => {
    const url = config[name]
    return !url || loginOf(url) === owner
  })
  if (shared.length === 0) return []
  const how = shared.map(
    (name) => `create role ${LOGINS[name]}_login login password '…' in role ${LOGINS[name]};`,
  )
  return [
    `${shared.join('、')}:接口、登录和引擎不能用数据库所有者的账号连接。请先执行一次 ${commandLine('migrate')},再以所有者执行 ${how.join(' ')} 然后把各自的地址写在这里。`,
  ]
}

function loginOf(url: string): string {
  const { username, searchParams } = new URL(url)
  return searchParams.getAll('user').at(-1) ?? decodeURIComponent(username)
}

function sample({ demoLaid, samplePeople }: Facts): string[] {
  return [
    ...(demoLaid ? ['数据库里是演示数据:请换一个空数据库。'] : []),
    ...(samplePeople > 0
      ? [`数据库里有 ${samplePeople} 个示例人员(邮箱以 .test 或 .example 结尾):请停用他们,或换一个空数据库。`]
      : []),
  ]
}

/** Domains nobody can own (RFC 2606): whoever has such an address came with the demonstration. */
async function factsOf(owner: Pool): Promise<Facts> {
  const found = await row<Facts>(
    owner,
    `select exists (select from engine_state where name = 'demo') as "demoLaid",
            (select count(*) from people
             where active and disabled_wall is null and email ~* '[@.](test|example)\\.?$|[@.]example\\.(com|net|org)$') as "samplePeople"`,
  )
  return found ?? { demoLaid: false, samplePeople: 0 }
}
