import type { Command } from 'commander'
import { endAbsence, enterAbsence } from '../../services/people/absences.ts'
import { now as businessNow } from '../../services/schedule/clock.ts'
import { dayOf } from '../../domain/time/days.ts'
import { CliError } from '../cli/cli-error.ts'
import { entryFor, knownUser, note, onUser, type Options, say } from '../cli/owner-work.ts'
import { dayIn } from '../cli/user-input.ts'

type AbsentOptions = Options & { from?: string; until?: string; substitute?: string }

/** Who is absent, from when to when, and who substitutes 代理. */
export function absenceCommands(user: Command, shared: (command: Command) => Command): void {
  shared(
    user
      .command('absent')
      .argument('<邮箱>')
      .description('登记离岗:期间的提醒和权限由代理人承接,本人的权限不变')
      .option('--from <日期>', '第一天(默认今天)')
      .option('--until <日期>', '最后一天;不写则到 user back 为止')
      .option('--substitute <邮箱>', '代理人,本县的同事;不写则提醒由上一级收到'),
  ).action(absent)
  shared(user.command('back').argument('<邮箱>').description('返岗:撤销离岗登记,代理随之结束')).action(back)
}

async function absent(email: string, options: AbsentOptions): Promise<void> {
  const entered = await onUser(email, options, async (tx, user) => {
    const absence = {
      from: dayIn(options.from) ?? dayOf(await businessNow(tx)),
      until: dayIn(options.until) ?? null,
      substitute: options.substitute === undefined ? null : (await knownUser(tx, options.substitute)).id,
    }
    const fault = await enterAbsence(tx, user.id, absence, null)
    if (fault) throw new CliError(`--${fault.field}:${fault.why}`)
    await note(tx, 'user.absent', entryFor(user), absence)
    return absence
  })
  const { from, until } = entered
  const who = options.substitute ? `由 ${options.substitute} 代理` : '没有代理人,提醒由上一级收到'
  const words = `已登记:${email} 从 ${from} 起离岗,${until ? `到 ${until} 为止` : '到返岗为止'},${who}。`
  say(options, words, { email, ...entered })
}

async function back(email: string, options: Options): Promise<void> {
  await onUser(email, options, async (tx, user) => {
    if (!(await endAbsence(tx, user.id))) throw new CliError(`${email} 没有登记离岗,不用撤销。`)
    await note(tx, 'user.back', entryFor(user), {})
  })
  say(options, `${email} 已返岗,代理已结束。`, { email })
}
