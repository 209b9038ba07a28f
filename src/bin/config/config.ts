import { type Config, configSchema } from './config-schema.ts'

/** Thrown when settings do not fit; names all of them at once. */
export class BadConfig extends Error {
  constructor(readonly problems: string[]) {
    super(`配置有误:\n${problems.map((p) => `  - ${p}`).join('\n')}`)
    this.name = 'BadConfig'
  }
}

/** Parsed once, in bin: nothing else reads the environment. An empty value counts as absent. */
export function readConfig(env: NodeJS.ProcessEnv, overrides: Record<string, unknown> = {}): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const chosen = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined))
  const parsed = configSchema.safeParse({ ...given, ...chosen })
  if (!parsed.success) throw new BadConfig(parsed.error.issues.map((i) => `${i.path.join('.')}:${i.message}`))
  const problems = TOGETHER.flatMap(({ why, broken }) => {
    const named = broken(parsed.data)
    return named.length > 0 ? [`${named.join('、')}:${why}`] : []
  })
  if (problems.length > 0) throw new BadConfig(problems)
  return parsed.data
}

type Setting = keyof Config
const OF_TLS = [
  'TEMPORAL_TLS_CA',
  'TEMPORAL_TLS_CERT',
  'TEMPORAL_TLS_KEY',
  'TEMPORAL_TLS_SERVER_NAME',
  'TEMPORAL_API_KEY_FILE',
] as const satisfies Setting[]
const KEY_PAIR = ['TEMPORAL_TLS_CERT', 'TEMPORAL_TLS_KEY'] as const satisfies Setting[]

/**
 * Settings that mean nothing without one another: to pass them over would be less safe than whoever set them believes.
 * `broken` names those of the settings that stand wrongly, or none.
 */
export const TOGETHER: {
  settings: readonly Setting[]
  why: string
  broken(config: Config): readonly Setting[]
}[] = [
  {
    settings: OF_TLS,
    why: '只在 TEMPORAL_TLS=on 时有用,请一并设置',
    broken: (c) => (c.TEMPORAL_TLS === 'on' ? [] : OF_TLS.filter((name) => c[name] !== undefined)),
  },
  {
    settings: ['TEMPORAL_TLS'],
    why: '只用于 TEMPORAL_ADDRESS 指明的服务,请一并设置',
    broken: (c) => (c.TEMPORAL_TLS === 'on' && !c.TEMPORAL_ADDRESS ? ['TEMPORAL_TLS'] : []),
  },
  {
    settings: KEY_PAIR,
    why: '要一起设置',
    broken: (c) => (!c.TEMPORAL_TLS_CERT !== !c.TEMPORAL_TLS_KEY ? KEY_PAIR : []),
  },
  {
    settings: ['DUBAN_MASTER_KEY_OLD'],
    why: '新的主密钥写在 DUBAN_MASTER_KEY,请一并设置',
    broken: (c) =>
      c.DUBAN_MASTER_KEY_OLD !== undefined && !c.DUBAN_MASTER_KEY ? ['DUBAN_MASTER_KEY_OLD'] : [],
  },
]

/** The text of `.env.example`. */
export function envExample(): string {
  const lines = Object.entries(configSchema.shape).map(([name, schema]) => {
    const fallback = schema.safeParse(undefined)
    const value = fallback.success && fallback.data !== undefined ? String(fallback.data) : ''
    return `# ${schema.description ?? ''}\n${value ? '' : '# '}${name}=${value}`
  })
  return `# 督办配置示例。复制为 .env 后按需修改;每一项都可以不设。\n\n${lines.join('\n\n')}\n`
}
