import { Command } from 'commander'
import { handOnRefusal } from '../../domain/obligation/hand-over.ts'
import { colleaguesIn } from '../../services/obligations/assign.ts'
import { handOn, type HandOnPlan, planHandOn } from '../../services/obligations/hand-on.ts'
import { allOffices, type Office } from '../../services/people/offices.ts'
import { now as businessNow } from '../../services/schedule/clock.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { CliError } from '../cli/cli-error.ts'
import { note, onOwner, type Options as OwnerOptions, OWNER, say } from '../cli/owner-work.ts'

type Options = OwnerOptions & { from: string; to: string; dryRun?: boolean; expect?: string }
const SHOWN = 50

export function officeCommand(): Command {
  const office = new Command('office').description('单位')
  office
    .command('hand-on')
    .description('乡镇合并或改了代码:把一个镇未办结的事项整体移交给另一个镇,起算日和期限不变')
    .requiredOption('--from <单位>', '移出的单位代码')
    .requiredOption('--to <单位>', '接收的单位代码')
    .option('--dry-run', '只列出会移交的,不改动')
    .option('--expect <件数>', '试算时看到的件数;不同的不办')
    .option('--data <目录>', '服务的数据目录(默认 .duban)')
    .option('--json', '结果输出为 JSON')
    .action(handOnWork)
  return office
}

async function handOnWork(options: Options): Promise<void> {
  const { from, to, dryRun = false } = options
  await onOwner(options, async (tx) => {
    const now = await businessNow(tx)
    const offices = await bothOf(tx, options, now)
    if (dryRun) return tellPlan(options, offices, await planHandOn(tx, { from, to }, now, SHOWN))
    const expected = expectedOf(options)
    const count = await handOn(tx, { from, to }, { actor: { id: OWNER }, now })
    // What was locked counts: more may have begun since it was listed.
    if (count !== expected)
      throw new CliError(
        `这个单位未办结的已变为 ${count} 件,与 --expect ${expected} 不同,没有改动;请重新试算。`,
      )
    await note(tx, 'office.hand-on', { subject: from, office: from }, { to, count })
    say(options, `已把${offices.from.name}的 ${count} 件事项移交给${offices.to.name}。`, { count })
  })
}

/** @throws CliError */
function expectedOf({ expect }: Options): number {
  if (expect !== undefined && /^\d+$/.test(expect)) return Number(expect)
  throw new CliError('请先加上 --dry-run 试算,再照最后一行的命令办理:--expect 后写试算时看到的件数。')
}

/** @throws CliError */
async function bothOf(tx: Sql, { from, to }: Options, now: Instant): Promise<{ from: Office; to: Office }> {
  const offices = await allOffices(tx)
  const one = offices.find(({ code }) => code === from) ?? null
  const other = offices.find(({ code }) => code === to) ?? null
  const refusal = handOnRefusal(one, other, (await colleaguesIn(tx, to, now)).length)
  if (refusal || !one || !other) throw new CliError(refusal?.message ?? '没有这个单位。')
  return { from: one, to: other }
}

function tellPlan(
  options: Options,
  { from, to }: { from: Office; to: Office },
  { count, late, paused, offers, items }: HandOnPlan,
): void {
  if (options.json) return console.log(JSON.stringify({ done: false, count, late, paused, offers, items }))
  const of = `其中逾期 ${late} 件、暂停 ${paused} 件;${offers} 件待答复的移交随之失效`
  const lines = items.map(({ externalId, id, title, dueOn }) => `  ${dueOn} ${externalId ?? id} ${title}`)
  const more = count > items.length ? [`  …… 共 ${count} 件`] : []
  const head = `将把${from.name}的 ${count} 件事项移交给${to.name}(${of}):`
  const next = `没有改动。要办理,请执行:duban office hand-on --from ${from.code} --to ${to.code} --expect ${count}`
  console.log([head, ...lines, ...more, next].join('\n'))
}
