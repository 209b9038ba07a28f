import { Command } from 'commander'
import { handOnRefusal } from '../../domain/obligation/hand-over.ts'
import { handOn, type HandOnPlan, planHandOn } from '../../services/obligations/hand-on.ts'
import { allOffices, type Office } from '../../services/people/offices.ts'
import { now as businessNow } from '../../services/schedule/clock.ts'
import type { Sql } from '../../db/pool.ts'
import { CliError } from '../cli/cli-error.ts'
import { note, onOwner, type Options as OwnerOptions, OWNER, say } from '../cli/owner-work.ts'

type Options = OwnerOptions & { from: string; to: string; dryRun?: boolean }
const SHOWN = 50

export function officeCommand(): Command {
  const office = new Command('office').description('单位')
  office
    .command('hand-on')
    .description('乡镇合并或改了代码:把一个镇未办结的事项整体移交给另一个镇,起算日和期限不变')
    .requiredOption('--from <单位>', '移出的单位代码')
    .requiredOption('--to <单位>', '接收的单位代码')
    .option('--dry-run', '只列出会移交的,不改动')
    .option('--data <目录>', '服务的数据目录(默认 .duban)')
    .option('--json', '结果输出为 JSON')
    .action(handOnWork)
  return office
}

async function handOnWork(options: Options): Promise<void> {
  const { from, to, dryRun = false } = options
  await onOwner(options, async (tx) => {
    const offices = await bothOf(tx, from, to)
    const now = await businessNow(tx)
    const plan = await planHandOn(tx, { from, to }, now, SHOWN)
    if (dryRun) return tellPlan(options, offices, plan)
    const count = await handOn(tx, { from, to }, { actor: { id: OWNER }, now })
    await note(tx, 'office.hand-on', { subject: from, office: from }, { to, count })
    say(options, `已把${offices.from.name}的 ${count} 件事项移交给${offices.to.name}。`, { count })
  })
}

/** @throws CliError */
async function bothOf(tx: Sql, from: string, to: string): Promise<{ from: Office; to: Office }> {
  const offices = await allOffices(tx)
  const one = offices.find(({ code }) => code === from) ?? null
  const other = offices.find(({ code }) => code === to) ?? null
  const refusal = handOnRefusal(one, other)
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
  console.log([head, ...lines, ...more, '没有改动。去掉 --dry-run 再执行一次即办理。'].join('\n'))
}
