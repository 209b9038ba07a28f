import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { KIND_LABELS } from '../../kinds/kinds.ts'
import { parsePolicy } from '../../domain/escalation/parse-policy.ts'
import { addAuditEvent } from '../../services/audit/trail.ts'
import { now as businessNow } from '../../services/schedule/clock.ts'
import { migrate } from '../../db/migrate.ts'
import { inTransaction } from '../../db/pool.ts'
import { actIn } from '../../db/row-scope.ts'
import { parseOffices, seedCounty } from '../../services/people/seed.ts'
import { openMail } from '../../services/notifications/held-mail.ts'
import { onlyCounty } from '../cli/only-county.ts'
import { onOwner, OWNER } from '../cli/owner-work.ts'
import { commandLine } from '../cli/called-as.ts'
import { CliError } from '../cli/cli-error.ts'
import { readConfig } from '../config/config.ts'
import { withOwner } from '../cli/owner-database.ts'

type Options = { policy?: string; data?: string }

export function countyCommand(): Command {
  const county = new Command('county').description('县里的单位、人员和规则')
  county
    .command('load')
    .description('写入单位(和人员),并定下规则;再执行一次什么也不变')
    .argument('<单位文件>', 'JSON,格式同 templates/offices.json;people 可以省略')
    .option('--policy <规则文件>', 'YAML,格式同 templates/example-policy.yaml(默认用这个示例)')
    .option('--data <目录>', '服务的数据目录(默认 .duban)')
    .action(loadCounty)
  county
    .command('open-mail')
    .description('开放邮件:准备期间积下的,每人并成一封,随下一批发出;不能再收回')
    .option('--county <单位>', '县局的单位代码;只有一个县时可不写')
    .option('--data <目录>', '服务的数据目录(默认 .duban)')
    .action(openCountyMail)
  return county
}

async function loadCounty(file: string, options: Options): Promise<void> {
  const offices = await parsed(file, parseOffices)
  const policy =
    options.policy === undefined
      ? undefined
      : await parsed(options.policy, (text) => parsePolicy(text, KIND_LABELS))
  const config = readConfig(process.env, { DUBAN_DATA: options.data })
  if (config.DATABASE_URL) await migrate(config.DATABASE_URL)
  await withOwner(config, ({ pool }) =>
    inTransaction(pool, async (tx) => {
      await seedCounty(tx, offices, await businessNow(tx), { policy, mailState: 'preparing' })
      const counts = { offices: offices.offices.length, people: offices.people.length }
      const event = { atWall: Date.now(), county: null, actor: 'owner', action: 'county.load' }
      await addAuditEvent(tx, { ...event, outcome: 'done', detail: counts })
    }),
  )
  const people = offices.people.length > 0 ? `、${offices.people.length} 个岗位` : ''
  console.log(
    `已写入 ${offices.offices.length} 个单位${people};邮件准备中,暂不发出。\n接着:${commandLine('user add')} 建立管理员和各单位人员,${commandLine('campaign launch --dry-run')} 预览、再启动当年行动,核对好了用 ${commandLine('county open-mail')} 开放邮件。`,
  )
}

async function openCountyMail(options: { county?: string; data?: string }): Promise<void> {
  const name = await onOwner(options, async (tx) => {
    const { office, name } = await onlyCounty(tx, options.county)
    await actIn(tx, office)
    if (!(await openMail(tx, office))) throw new CliError(`${name}的邮件已经开放。`)
    const event = { atWall: Date.now(), county: office, actor: OWNER, action: 'county.open-mail' }
    await addAuditEvent(tx, { ...event, outcome: 'done' })
    return name
  })
  console.log(`已开放${name}的邮件:积下的提醒随下一批发出,每人一封。`)
}

/** @throws CliError that names the file and its faults */
async function parsed<T>(file: string, parse: (text: string) => T): Promise<T> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CliError(`没有文件 ${file}`)
  })
  try {
    return parse(text)
  } catch (error) {
    throw new CliError(`${file} 不能用:\n${(error as Error).message}`)
  }
}
