import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { Command } from 'commander'
import { policyFile, PolicyRefused, readPolicyFile } from '../../domain/escalation/policy-file.ts'
import { differencesOf } from '../../domain/escalation/policy-differences.ts'
import type { PolicyContent } from '../../domain/escalation/policy.ts'
import { isDay } from '../../domain/time/days.ts'
import { KIND_LABELS, kindOf } from '../../kinds/kinds.ts'
import { addAuditEvent } from '../../services/audit/trail.ts'
import { previewRebase, rebase } from '../../services/recounts/rebase.ts'
import { now as businessNow } from '../../services/schedule/clock.ts'
import {
  addPolicy,
  allPolicies,
  currentPolicy,
  type ListedPolicy,
  policyById,
} from '../../services/schedule/policies.ts'
import type { Sql } from '../../db/pool.ts'
import { CliError } from '../cli/cli-error.ts'
import { effectWords } from '../cli/effect-words.ts'
import { onlyCounty } from '../cli/only-county.ts'
import { onOwner, OWNER, type Options as Shared } from '../cli/owner-work.ts'

type Options = Shared & { county?: string; reason?: string; validFrom?: string; out?: string; apply?: true }

export function policyCommand(): Command {
  const policy = new Command('policy').description('各级时限、提醒和督办的规则')
  const add = (usage: string, description: string) =>
    policy
      .command(usage)
      .description(description)
      .option('--county <单位>', '县局的单位代码;只有一个县时可不写')
      .option('--data <目录>', '服务的数据目录(默认 .duban)')
  const written = (command: Command) =>
    command
      .requiredOption('--reason <原因>', '为什么改,例如 县政府会议纪要')
      .option('--valid-from <日期>', '从哪天起用于新任务,默认现在')
  add('list', '各版规则:谁写的、为什么、何时起用').action(list)
  add('export <版本>', '导出一版规则的文件')
    .option('--out <文件>', '写到这个文件;不写就打印')
    .action(exportVersion)
  add('compare <版本> <另一版本>', '比较两版规则,逐条说明').action(compare)
  add('check <文件>', '检查一个规则文件:与现行一版有哪些不同,在办事项改按它会怎样').action(check)
  written(add('publish <文件>', '发布新一版规则:只管以后的新任务')).action(publish)
  written(add('restore <版本>', '退回以前的一版,作为新一版')).action(restore)
  add('rebase <版本>', '在办事项改按一版规则;先试算,加 --apply 生效')
    .option('--apply', '生效')
    .action(rebaseOpen)
  return policy
}

async function list(options: Options): Promise<void> {
  const lines = await onOwner(options, async (tx) => {
    const { office } = await onlyCounty(tx, options.county)
    const { id } = await currentPolicy(tx, office)
    return (await versionsOf(tx, office)).map((one) => lineOf(one, one.id === id))
  })
  console.log(lines.join('\n'))
}

function lineOf({ version, name, author, reason, validFrom }: ListedPolicy, current: boolean): string {
  const from = validFrom === null ? '' : `,${validFrom} 起`
  return `第 ${version} 版${current ? '(现行)' : ''} ${name}${from};${author ?? '随县建立'}${reason === null ? '' : `:${reason}`}`
}

async function exportVersion(version: string, options: Options): Promise<void> {
  const text = await onOwner(options, async (tx) => policyFile(await versionOf(tx, options, version)))
  if (options.out === undefined) {
    console.log(text)
    return
  }
  await writeFile(options.out, text)
  console.log(`已写入 ${options.out}。`)
}

async function compare(from: string, to: string, options: Options): Promise<void> {
  const lines = await onOwner(options, async (tx) =>
    differenceLines(await versionOf(tx, options, from), await versionOf(tx, options, to)),
  )
  console.log(lines.join('\n'))
}

async function check(file: string, options: Options): Promise<void> {
  const said = await saidIn(file)
  const lines = await onOwner(options, async (tx) => {
    const { office: county, name } = await onlyCounty(tx, options.county)
    const effect = await previewRebase(
      tx,
      { ...said, id: '', version: 0 },
      { county, now: await businessNow(tx) },
    )
    const differences = differenceLines(await currentPolicy(tx, county), said)
    return [...differences, '在办事项如果都改按它:', ...effectWords(name, effect)]
  })
  console.log(lines.join('\n'))
}

async function publish(file: string, options: Options): Promise<void> {
  const said = await saidIn(file)
  console.log(await onOwner(options, (tx) => addVersion(tx, said, options)))
}

async function restore(version: string, options: Options): Promise<void> {
  console.log(
    await onOwner(options, async (tx) => addVersion(tx, await versionOf(tx, options, version), options)),
  )
}

async function addVersion(
  tx: Sql,
  said: PolicyContent,
  { county, reason = '', validFrom }: Options,
): Promise<string> {
  if (validFrom !== undefined && !isDay(validFrom))
    throw new CliError(`日期写成 2027-02-05 这样,收到 ${validFrom}。`)
  const { office } = await onlyCounty(tx, county)
  const by = { author: OWNER, reason, validFrom: validFrom ?? null }
  const id = await addPolicy(tx, office, said, await businessNow(tx), by)
  const { version } = (await versionsOf(tx, office))[0]!
  await record(tx, office, 'policy.issue', id, { version })
  return `已发布第 ${version} 版;在办事项照旧,要改按它,用 policy rebase ${version}。`
}

async function rebaseOpen(version: string, options: Options): Promise<void> {
  const lines = await onOwner(options, async (tx) => {
    const { office: county, name } = await onlyCounty(tx, options.county)
    const found = await versionOf(tx, options, version)
    const policy = await policyById(tx, found.id)
    const order = { county, now: await businessNow(tx), actor: OWNER, why: `规则改按第 ${found.version} 版` }
    if (!options.apply)
      return [
        '只是试算,什么也没有写入;加 --apply 生效:',
        ...effectWords(name, await previewRebase(tx, policy, order)),
      ]
    const done = await rebase(tx, policy, order)
    const { later, earlier } = done.total
    await record(tx, county, 'policy.rebase', found.id, { version: found.version, later, earlier })
    return ['已改按新规则:', ...effectWords(name, done)]
  })
  console.log(lines.join('\n'))
}

async function record(
  tx: Sql,
  county: string,
  action: string,
  subject: string,
  detail: Record<string, unknown>,
) {
  await addAuditEvent(tx, {
    atWall: Date.now(),
    county,
    actor: OWNER,
    action,
    subject,
    outcome: 'done',
    detail,
  })
}

function differenceLines(before: PolicyContent, after: PolicyContent): string[] {
  const differences = differencesOf(before, after, (kind) => kindOf(kind).label)
  if (differences.length === 0) return ['没有不同。']
  return differences.flatMap(({ rule, changes }) => [`${rule}:`, ...changes.map((change) => `  ${change}`)])
}

async function versionsOf(tx: Sql, county: string): Promise<ListedPolicy[]> {
  return (await allPolicies(tx)).filter((policy) => policy.county === county)
}

/** @throws CliError naming the versions there are */
async function versionOf(tx: Sql, { county }: Options, version: string): Promise<ListedPolicy> {
  const all = await versionsOf(tx, (await onlyCounty(tx, county)).office)
  const found = all.find((policy) => String(policy.version) === version)
  if (!found) throw new CliError(`没有第 ${version} 版;现有 ${all.map((p) => p.version).join('、')}。`)
  return found
}

/** @throws CliError that names file, line and field */
async function saidIn(file: string): Promise<PolicyContent> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CliError(`没有文件 ${file}`)
  })
  try {
    return readPolicyFile(text, KIND_LABELS, basename(file))
  } catch (error) {
    if (error instanceof PolicyRefused) throw new CliError(`规则不能用:\n${error.message}`)
    throw error
  }
}
