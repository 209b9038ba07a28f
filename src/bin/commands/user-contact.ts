import type { Command } from 'commander'
import { quietDaysWords, readQuietDays } from '../../domain/people/quiet-days.ts'
import { changeContact } from '../../services/access/contact.ts'
import { lockUser } from '../../services/people/users.ts'
import { CliError } from '../cli/cli-error.ts'
import { entryFor, knownUser, note, onUser, type Options, say } from '../cli/owner-work.ts'

type ContactOptions = Options & { phone?: string; newEmail?: string; name?: string; quiet?: string }

const NONE = '无'

/** How somebody is called and reached, and on which days what can wait does not go to them. */
export function contactCommand(user: Command, shared: (command: Command) => Command): void {
  shared(
    user
      .command('contact')
      .argument('<邮箱>')
      .description('改姓名、邮箱、电话或免打扰日;没有写的不变')
      .option('--phone <电话>', `单位电话,印在告知别人去催办的邮件里;“${NONE}”为去掉`)
      .option('--new-email <邮箱>', '新邮箱:以后用它登录、收提醒,还没有发出的邮件也发到这里')
      .option('--name <姓名>', '姓名')
      .option('--quiet <星期>', `免打扰日,如 周三,周五:可以等的提醒不在这几天发给他;“${NONE}”为去掉`),
  ).action(contact)
}

async function contact(email: string, options: ContactOptions): Promise<void> {
  const { name, newEmail, phone, quiet } = options
  if ([name, newEmail, phone, quiet].every((given) => given === undefined))
    throw new CliError('请写明要改什么:--phone、--new-email、--name 或 --quiet。')
  const wanted = { name, email: newEmail, phone: phone === NONE ? null : phone, quietDays: daysOf(quiet) }
  const fields = await onUser(email, options, async (tx, user) => {
    await lockUser(tx, user.id)
    // Read again: somebody may have changed them before the lock.
    const changed = await changeContact(tx, await knownUser(tx, email), wanted, Date.now())
    await note(tx, 'user.contact', entryFor(user), { fields: changed })
    return changed
  })
  say(options, `已保存 ${newEmail ?? email} 的联系方式。`, { email: newEmail ?? email, fields })
}

/** @throws CliError when a word is no weekday */
function daysOf(text: string | undefined): number[] | undefined {
  if (text === undefined) return undefined
  const days = text === NONE ? [] : readQuietDays(text)
  if (days === null) throw new CliError(`免打扰日写成 ${quietDaysWords([3, 5])},收到 ${text}。`)
  return days
}
