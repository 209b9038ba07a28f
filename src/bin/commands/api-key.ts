import { Command } from 'commander'
import { makeApiKey } from '../../services/access/api-keys.ts'
import { CLI_KEY_PERMISSIONS, KEY_PERMISSIONS, MAX_KEY_DAYS } from '../../contract/api/keys.ts'
import { type ApiKeyRow, listApiKeys, revokeApiKey } from '../../services/access/api-keys-store.ts'
import { row } from '../../db/pool.ts'
import { PERMISSIONS, type Permission } from '../../domain/people/permissions.ts'
import { beijingText } from '../../domain/time/days.ts'
import { CliError } from '../cli/cli-error.ts'
import { note, onOwner, type Options, OWNER } from '../cli/owner-work.ts'

type AddOptions = Options & {
  name: string
  office: string
  permission: string[]
  personal?: boolean
  days: string
}

export function apiKeyCommand(): Command {
  const key = new Command('api-key').description('接口密钥(看板和脚本用):新建、列出、停用')
  const shared = (command: Command) =>
    command.option('--data <目录>', '服务的数据目录(默认 .duban)').option('--json', '结果输出为 JSON')
  shared(
    key
      .command('add')
      .description('新建密钥;密钥只显示这一次')
      .requiredOption('--name <名称>', '给谁、做什么用')
      .requiredOption('--office <单位>', '看到这个单位及其下级,如 sn.ak.zy')
      .option('--permission <permission...>', '权限(默认全部查看权限)', [...KEY_PERMISSIONS])
      .option('--personal', '可以看到脱敏后的户信息')
      .option('--days <天数>', `有效天数,最多 ${MAX_KEY_DAYS}`, '365'),
  ).action(add)
  shared(key.command('list').description('列出全部密钥,停用的也在内')).action(list)
  shared(key.command('revoke').argument('<编号>', 'ak_ 开头').description('立即停用一个密钥')).action(revoke)
  return key
}

async function add(options: AddOptions): Promise<void> {
  const wanted = {
    ...{ name: options.name, office: options.office, createdBy: OWNER },
    permissions: options.permission.map(permissionOf),
    personal: options.personal ?? false,
    days: daysOf(options.days),
  }
  const made = await onOwner(options, async (tx) => {
    const office = await row(tx, 'select from offices where code = $1', [wanted.office])
    if (!office) throw new CliError(`没有单位 ${wanted.office}。`)
    const key = await makeApiKey(tx, wanted, Date.now())
    const { office: where, permissions, personal } = key
    await note(tx, 'key.add', { subject: key.id, office: where }, { office: where, permissions, personal })
    return key
  })
  if (options.json) return console.log(JSON.stringify(made))
  console.log(`${made.token}\n\n只显示这一次,请立即保存。编号 ${made.id},${keyLine(made)}`)
}

async function list(options: Options): Promise<void> {
  const keys = await onOwner(options, (tx) => listApiKeys(tx))
  if (options.json) return console.log(JSON.stringify(keys))
  console.log(keys.length > 0 ? keys.map((k) => `${k.id}  ${keyLine(k)}`).join('\n') : '还没有密钥。')
}

async function revoke(id: string, options: Options): Promise<void> {
  await onOwner(options, async (tx) => {
    const key = (await listApiKeys(tx)).find((k) => k.id === id)
    if (!key || !(await revokeApiKey(tx, id, Date.now()))) throw new CliError(`没有有效的密钥 ${id}。`)
    await note(tx, 'key.revoke', { subject: id, office: key.office }, { office: key.office })
  })
  console.log(options.json ? JSON.stringify({ id, revoked: true }) : `已停用 ${id}。`)
}

function permissionOf(text: string): Permission {
  const known = CLI_KEY_PERMISSIONS.find((p) => p === text)
  if (!known) throw new CliError(`密钥不能有权限 ${text}。可以有:${CLI_KEY_PERMISSIONS.join(' ')}`)
  return known
}

function daysOf(text: string): number {
  const days = /^\d+$/.test(text) ? Number(text) : 0
  if (days < 1 || days > MAX_KEY_DAYS)
    throw new CliError(`--days 要在 1 到 ${MAX_KEY_DAYS} 之间,收到 ${text}。`)
  return days
}

function keyLine({ name, prefix, office, permissions, ...key }: ApiKeyRow): string {
  const state =
    key.revokedWall !== null
      ? '已停用'
      : key.expiresWall === null
        ? '不过期'
        : `有效至 ${beijingText(key.expiresWall)}`
  const used = key.lastUsedWall === null ? '未用过' : `上次使用 ${beijingText(key.lastUsedWall)}`
  const may = permissions.map((p) => PERMISSIONS[p as Permission] ?? p).join('、')
  return `${name}(duban_${prefix}_…),${office},${state},${used};${may}${key.personal ? ';可见脱敏户信息' : ''}`
}
