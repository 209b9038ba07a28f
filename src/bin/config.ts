import { z } from 'zod'

const optionalUrl = (schemes: string) =>
  z
    .string()
    .regex(new RegExp(`^(${schemes})://`), `要以 ${schemes.replaceAll('|', '://、')}:// 开头`)
    .optional()

/** Every setting of the product, with what it is for. `.env.example` is tested against this. */
export const configSchema = z.object({
  DATABASE_URL: optionalUrl('postgres|postgresql').describe('PostgreSQL 15 或更高;不设则用内置数据库'),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s/]+:\d+$/, '写成 主机:端口')
    .optional()
    .describe('Temporal 服务地址 host:port;不设则自备开发服务器'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default').describe('Temporal 命名空间'),
  TEMPORAL_CLI_PATH: z.string().optional().describe('现成的 temporal 命令行程序'),
  SMTP_URL: optionalUrl('smtp|smtps').describe('发信服务器;不设则进入试用收件箱,不会真正发出'),
  MAIL_FROM: z.email().default('duban@duban.example').describe('发件地址'),
  MAIL_REPLY_TO: z.email().optional().describe('回复地址(真人);不设则用县里登记的联系人'),
  DASHBOARD_URL: optionalUrl('http|https').describe('邮件中链接指向的网址;不设则用本机地址'),
  DUBAN_DATA: z.string().default('.duban').describe('数据目录'),
  DUBAN_HOST: z.string().default('127.0.0.1').describe('监听地址;默认只在本机'),
  DUBAN_PORT: z.coerce.number().int().min(0).max(65535).default(8730).describe('监听端口;被占用时自动换一个'),
  DUBAN_TOKEN: z.string().min(16).optional().describe('接口令牌;不设则生成并保存在数据目录'),
  DUBAN_MASTER_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, '64 位十六进制(32 字节)')
    .optional()
    .describe('加密主密钥;不设则生成并保存在数据目录(权限 0600)'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('warn')
    .describe('日志级别'),
})
export type Config = z.infer<typeof configSchema>

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
  if (parsed.success) return parsed.data
  throw new BadConfig(parsed.error.issues.map((i) => `${i.path.join('.')}:${i.message}`))
}

/** The text of `.env.example`. */
export function envExample(): string {
  const lines = Object.entries(configSchema.shape).map(([name, schema]) => {
    const fallback = schema.safeParse(undefined)
    const value = fallback.success && fallback.data !== undefined ? String(fallback.data) : ''
    return `# ${schema.description ?? ''}\n${value ? '' : '# '}${name}=${value}`
  })
  return `# 督办配置示例。复制为 .env 后按需修改;每一项都可以不设。\n\n${lines.join('\n\n')}\n`
}
