import { Command } from 'commander'
import { giveRole, openAccount } from '../../services/access/accounts.ts'
import { now as businessNow } from '../../services/schedule/clock.ts'
import { disableUser, unassignPerson } from '../../services/offboarding/offboard.ts'
import { dropSecondFactor } from '../../services/access/account-state.ts'
import { enableUser, listUsers, takeRole, type User } from '../../services/people/users.ts'
import { quietDaysWords } from '../../domain/people/quiet-days.ts'
import { ROLE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { CliError } from '../cli/cli-error.ts'
import { entryFor, note, onOwner, onUser, type Options, say } from '../cli/owner-work.ts'
import { grantOf, roleOf, type RoleOptions } from '../cli/user-input.ts'
import { linkFor, type PrintedLink } from '../cli/user-link.ts'
import { absenceCommands } from './user-absence.ts'
import { contactCommand } from './user-contact.ts'

type RoleCommand = Options & RoleOptions

export function userCommand(): Command {
  const user = new Command('user').description('人员账号:新建、角色、联系方式、离岗和代理、停用、重设密码')
  const shared = (command: Command) =>
    command.option('--data <目录>', '服务的数据目录(默认 .duban)').option('--json', '结果输出为 JSON')
  const withRole = (command: Command) =>
    shared(command)
      .requiredOption('--office <单位>', '单位代码,如 sn.ak.zy.maoba')
      .requiredOption(
        '--role <角色>',
        Object.entries(ROLE_LABELS)
          .map(([c, l]) => `${c} ${l}`)
          .join(','),
      )
  const dated = (command: Command) =>
    withRole(command).option('--from <日期>', '角色何时开始').option('--until <日期>', '角色何时结束')
  shared(user.command('list').description('列出人员')).action(list)
  dated(user.command('add').description('新建人员,给出设置首个密码的链接'))
    .argument('<邮箱>')
    .requiredOption('--name <姓名>', '姓名')
    .action(add)
  const role = user.command('role').description('授予或收回角色')
  dated(role.command('grant').argument('<邮箱>').description('授予角色,可定起止')).action(grant)
  withRole(role.command('take').argument('<邮箱>').description('收回角色')).action(take)
  shared(
    user.command('disable').argument('<邮箱...>').description('停用:事项回到单位,并告知救助中心'),
  ).action(disable)
  shared(user.command('enable').argument('<邮箱>').description('恢复')).action(enable)
  shared(
    user
      .command('reset')
      .argument('<邮箱>')
      .description('给出重设密码的链接')
      .option('--second-factor', '同时关闭两步验证(手机丢失时用),并结束全部登录'),
  ).action(reset)
  contactCommand(user, shared)
  absenceCommands(user, shared)
  return user
}

async function list(options: Options): Promise<void> {
  const users = await onOwner(options, (tx) => listUsers(tx))
  console.log(options.json ? JSON.stringify(users) : users.map(userLine).join('\n') || '还没有人员。')
}

async function add(email: string, options: RoleCommand & { name: string }): Promise<void> {
  const { name } = options
  const made = await onOwner(options, async (tx, config) => {
    const { office, role, ...term } = grantOf(options)
    const id = await openAccount(tx, { name, email, office, role, ...term })
    await note(tx, 'user.add', { subject: id, office }, { office, role })
    return linkFor(tx, config, id, 'first-password')
  })
  sayLink(options, made, `已新建 ${name.trim()}。请把链接单独交给本人,用它设置首个密码:`)
}

async function grant(email: string, options: RoleCommand): Promise<void> {
  await onUser(email, options, async (tx, user) => {
    const wanted = grantOf(options)
    await giveRole(tx, user.id, wanted)
    await note(tx, 'user.role.grant', { subject: user.id, office: wanted.office }, wanted)
  })
  say(options, `已授予 ${options.role}。`)
}

async function take(email: string, options: RoleCommand): Promise<void> {
  const handed = await onUser(email, options, async (tx, user) => {
    const wanted = { office: options.office, role: roleOf(options.role) }
    const last = await takeRole(tx, user.id, wanted)
    if (last === null) throw new CliError(`${email} 在 ${options.office} 没有这个角色。`)
    const held = last ? await unassignPerson(tx, user.id, wanted.office) : 0
    await note(tx, 'user.role.take', { subject: user.id, office: wanted.office }, { ...wanted, handed: held })
    return held
  })
  say(options, `已收回 ${options.role};${handed} 件未办结的事项已回到其单位。`, { handed })
}

/**
 * Disables accounts one by one, each in its own transaction. After a mistyped one, the earlier ones stay
 * disabled, and the command says so.
 */
async function disable(emails: string[], options: Options): Promise<void> {
  for (const email of emails) {
    const handed = await onUser(email, options, async (tx, user) => {
      if (!user.active) throw new CliError(`${email} 已经停用。`)
      const held = await disableUser(tx, user, { now: await businessNow(tx), wallNow: Date.now() })
      await note(tx, 'user.disable', entryFor(user), { handed: held })
      return held
    })
    const words = `已停用 ${email};${handed} 件未办结的事项已回到其单位,救助中心下一轮邮件会收到告知。`
    say(options, words, { email, handed })
  }
}

async function enable(email: string, options: Options): Promise<void> {
  await onUser(email, options, async (tx, user) => {
    await enableUser(tx, user.id)
    await note(tx, 'user.enable', entryFor(user), {})
  })
  say(options, `已恢复 ${email}。`)
}

async function reset(email: string, options: Options & { secondFactor?: true }): Promise<void> {
  const made = await onUser(email, options, async (tx, user, config) => {
    if (!user.active) throw new CliError(`${email} 已停用;先用 user enable 恢复。`)
    if (options.secondFactor) await dropSecondFactor(tx, user.id)
    const detail = { secondFactor: options.secondFactor ?? false }
    await note(tx, 'user.reset', entryFor(user), detail)
    return linkFor(tx, config, user.id, 'reset')
  })
  sayLink(options, made, '请把链接单独交给本人,用它重设密码:')
}

function userLine({
  name,
  email,
  active,
  hasPassword,
  secondFactor,
  absentFrom,
  absentUntil,
  phone,
  quietDays,
  roles,
}: User): string {
  const held = roles.map((r) => `${r.office} ${r.label}${r.until ? `(至 ${r.until})` : ''}`).join('、')
  const away = absentFrom === null ? '' : `离岗 ${absentFrom} 至 ${absentUntil ?? '返岗'}`
  const quiet = quietDays.length === 0 ? '' : `免打扰 ${quietDaysWords(quietDays)}`
  const account = [active ? '' : '已停用', hasPassword ? '' : '未设密码', secondFactor ? '两步验证' : '']
  const state = [...account, away, quiet]
  return `${email}  ${name}  ${phone === null ? '' : `${phone}  `}${held}${state.some(Boolean) ? `  [${state.filter(Boolean).join(',')}]` : ''}`
}

function sayLink(options: Options, { link, until }: PrintedLink, sentence: string): void {
  console.log(
    options.json
      ? JSON.stringify({ link, until })
      : `${sentence}\n\n  ${link}\n\n只能用一次,${until} 前有效。`,
  )
}
