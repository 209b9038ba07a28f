import { isIP } from 'node:net'
import { z } from 'zod'

const optionalUrl = (schemes: string) =>
  z
    .string()
    .regex(new RegExp(`^(${schemes})://`), `要以 ${schemes.replaceAll('|', '://、')}:// 开头`)
    // Paths are put behind it.
    .overwrite((url) => url.replace(/\/+$/, ''))
    .optional()

/** Addresses and networks, comma-separated; a network as wide as everybody is no proxy. */
const proxies = z
  .string()
  .refine(
    (text) => text.split(',').every((one) => isProxy(one.trim())),
    '写成 IP 地址或网段,逗号分隔;网段不宽于 /8',
  )
  .optional()

function isProxy(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const most = { 4: 32, 6: 128 }[isIP(address)]
  if (most === undefined || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 8 && Number(bits) <= most)
}

/** Every setting of the product, with what it is for. `.env.example` is tested against this. */
export const configSchema = z.object({
  DUBAN_MODE: z
    .enum(['trial', 'production'])
    .default('trial')
    .describe('trial 试用:缺什么补什么,只在本机;production 正式:缺一项也不启动,并说明缺什么'),
  DATABASE_URL: optionalUrl('postgres|postgresql').describe(
    'PostgreSQL 15 或更高,所有者账号(升级结构用);不设则用内置数据库',
  ),
  DATABASE_API_URL: optionalUrl('postgres|postgresql').describe(
    '接口用的最小权限账号(属于 duban_api);正式模式必填,试用时不设则由所有者账号转换身份',
  ),
  DATABASE_GATE_URL: optionalUrl('postgres|postgresql').describe(
    '登录用的最小权限账号(属于 duban_gate);同上',
  ),
  DATABASE_WORKER_URL: optionalUrl('postgres|postgresql').describe(
    '引擎用的最小权限账号(属于 duban_worker);同上',
  ),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s/]+:\d+$/, '写成 主机:端口')
    .optional()
    .describe('Temporal 服务地址 host:port;不设则自备开发服务器'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default').describe('Temporal 命名空间'),
  TEMPORAL_TLS: z
    .enum(['off', 'on'])
    .default('off')
    .describe('到 Temporal 的连接用 TLS(on);正式模式下不在本机的 Temporal 必须用'),
  TEMPORAL_TLS_CA: z
    .string()
    .optional()
    .describe('签发 Temporal 服务器证书的 CA(PEM 文件);不设则用系统信任的'),
  TEMPORAL_TLS_CERT: z
    .string()
    .optional()
    .describe('出示给 Temporal 的客户端证书(PEM 文件),与 TEMPORAL_TLS_KEY 一起设'),
  TEMPORAL_TLS_KEY: z.string().optional().describe('客户端证书的私钥(PEM 文件)'),
  TEMPORAL_TLS_SERVER_NAME: z.string().optional().describe('证书中的主机名,与 TEMPORAL_ADDRESS 里的不同时设'),
  TEMPORAL_API_KEY_FILE: z.string().optional().describe('存放 Temporal 接口密钥的文件'),
  TEMPORAL_CLI_PATH: z.string().optional().describe('现成的 temporal 命令行程序'),
  SMTP_URL: optionalUrl('smtp|smtps').describe('发信服务器;不设则进入试用收件箱,不会真正发出'),
  MAIL_FROM: z.email().default('duban@duban.example').describe('发件地址'),
  MAIL_REPLY_TO: z.email().optional().describe('回复地址(真人);不设则用县里登记的联系人'),
  DASHBOARD_URL: optionalUrl('http|https').describe('邮件中链接指向的网址;不设则用本机地址'),
  DUBAN_DATA: z.string().default('.duban').describe('数据目录'),
  DUBAN_HOST: z.string().default('127.0.0.1').describe('监听地址;默认只在本机'),
  DUBAN_PORT: z.coerce.number().int().min(0).max(65535).default(8730).describe('监听端口;被占用时自动换一个'),
  DUBAN_PROXY: proxies.describe(
    '反向代理的地址(逗号分隔,可写网段);来访地址以它说的为准,正式模式必填(代理在本机时写 127.0.0.1)',
  ),
  DUBAN_INNER_NETWORK: z
    .enum(['trusted'])
    .optional()
    .describe(
      'trusted:数据库、Temporal、邮件服务器在只属于这套系统的内部网络中,正式模式也接受到它们的连接不加密',
    ),
  DUBAN_TOKEN: z.string().min(16).optional().describe('命令行用的接口密钥;试用时不设则生成并保存在数据目录'),
  DUBAN_SECOND_FACTOR: z
    .string()
    .regex(
      /^(off|(everybody|administrators|revealing)(,(everybody|administrators|revealing))*)$/,
      '写成 everybody,administrators、revealing(逗号分隔),或 off',
    )
    .optional()
    .describe(
      '哪些情形必须两步验证:everybody 所有人,administrators 管理员,revealing 查看户的完整信息;正式模式默认 administrators',
    ),
  DUBAN_BREACHED_PASSWORDS: z
    .string()
    .optional()
    .describe(
      '自备的泄露密码文件:每行一个 SHA-1(后面可以有 :次数),按它排序,几十 GB 也可以;其中的密码不能用(自带的一百万个之外)',
    ),
  DUBAN_REVEAL_LIMIT: z.coerce
    .number()
    .int()
    .min(1)
    .default(50)
    .describe('每人 24 小时内最多查看多少户的完整信息'),
  DUBAN_ATTACHMENT_MB: z.coerce
    .number()
    .int()
    .min(1)
    .max(50)
    .default(10)
    .describe('一份附件(佐证材料)最大多少 MB'),
  DUBAN_RATE_LIMIT: z.coerce
    .number()
    .int()
    .min(10)
    .default(600)
    .describe('每个接口密钥每分钟最多多少次请求;登录的人是它的 5 倍'),
  DUBAN_RETENTION_YEARS: z.coerce
    .number()
    .int()
    .min(1)
    .max(30)
    .default(3)
    .describe('行动结束几年后,npm run duban -- retention 抹去其中户的姓名、证件号等(不可恢复,统计保留)'),
  DUBAN_MASTER_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, '64 位十六进制(32 字节)')
    .optional()
    .describe('加密主密钥;不设则生成并保存在数据目录(权限 0600)'),
  DUBAN_MASTER_KEY_OLD: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, '64 位十六进制(32 字节)')
    .optional()
    .describe(
      '更换主密钥期间写原来的一把(新的写在 DUBAN_MASTER_KEY);npm run duban -- encryption rotate master 之后删去',
    ),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('warn')
    .describe('日志级别'),
})
export type Config = z.infer<typeof configSchema>
