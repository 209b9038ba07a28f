import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { BadBeginning, type Launch, launchCampaign, launchDetail } from '../../services/campaigns/launch.ts'
import { previewLaunch } from '../../services/campaigns/preview.ts'
import {
  campaignOfYear,
  choosePlan,
  dutiesOf,
  type PlanChoice,
} from '../../services/campaigns/chosen-plan.ts'
import { BadTemplate, readTemplateText } from '../../services/campaigns/template-text.ts'
import { addAuditEvent } from '../../services/audit/trail.ts'
import { now as businessNow } from '../../services/schedule/clock.ts'
import { dayOf, type Instant } from '../../domain/time/days.ts'
import { errorCode } from '../../db/transient-errors.ts'
import type { Sql } from '../../db/pool.ts'
import { CliError } from '../cli/cli-error.ts'
import { withService } from '../cli/service-options.ts'
import { onlyCounty } from '../cli/only-county.ts'
import { previewWords } from '../cli/launch-words.ts'
import { onOwner, OWNER, type Options as Shared, say } from '../cli/owner-work.ts'
import { writePack } from '../cli/write-pack.ts'
import { phaseChoice } from '../cli/phase-choices.ts'

const UNIQUE_VIOLATION = '23505'

type Options = Shared & {
  year?: string
  county?: string
  begin: string[]
  wordOf: string
  dryRun?: true
} & Plan
type Plan = { template?: string; copy?: string }

export function campaignCommand(): Command {
  const campaign = new Command('campaign').description('一年的行动')
  campaign
    .command('launch')
    .description('按模板启动一年的行动;年中启动的,已过期的阶段由您决定怎样开始')
    .option('--year <年>', '默认今年')
    .option('--county <单位>', '县局的单位代码;只有一个县时可不写')
    .option(
      '--begin <阶段=办法>',
      '已过期的阶段怎样开始,可以多次:launch=done-before[:谁说的]、launch=taken-over:新日期、launch=late;不写的都按已办结',
      (text: string, all: string[]) => [...all, text],
      [],
    )
    .option('--template <文件>', '自己的模板,YAML,格式同 templates/safety-net-2022.yaml')
    .option('--copy <年>', '照本县以前一年的行动,固定日期按新一年的日历;先看挪动了哪些,加 --dry-run')
    .option('--word-of <姓名>', '已办结的是谁说的', '本机管理员')
    .option('--dry-run', '只预览:会登记什么,第一批邮件给谁;什么也不写入')
    .option('--data <目录>', '服务的数据目录(默认 .duban)')
    .option('--json', '结果输出为 JSON')
    .action(launch)
  campaign
    .command('check-template')
    .description('检查一个模板,逐处说明第几行、哪个字段、怎样改;什么也不写入')
    .argument('<文件>', 'YAML,格式同 templates/safety-net-2022.yaml')
    .option('--county <单位>', '县局的单位代码;只有一个县时可不写')
    .option('--data <目录>', '服务的数据目录(默认 .duban)')
    .option('--json', '结果输出为 JSON')
    .action(checkTemplate)
  withService(campaign.command('pack'))
    .description(
      '迎检资料包:台账、统计、阶段和放行、已遮盖的户清单,一个 zip(户的完整信息由登录的人在网页上制作)',
    )
    .argument('<编号>', '行动的编号')
    .argument('<文件>', '写到哪个文件,.zip')
    .option('--office <单位>', '只要这个单位和它的下级')
    .action(writePack)
  return campaign
}

async function launch(options: Options): Promise<void> {
  const choices = options.begin.map(phaseChoice)
  const wordOf = options.wordOf.trim()
  if (wordOf === '') throw new CliError('--word-of 请写明是谁说的。')
  await onOwner(options, async (tx) => {
    const now = await businessNow(tx)
    const wanted = await launchOf(tx, options, now)
    const launching = { ...wanted, beginning: { choices, by: OWNER, wordOf } }
    await (options.dryRun ? showPreview(tx, options, launching, now) : launchNow(tx, options, launching, now))
  }).catch(asCliError(options))
}

async function launchOf(
  tx: Sql,
  { year, county, ...asked }: Options,
  now: Instant,
): Promise<Omit<Launch, 'beginning'>> {
  const wanted = year ?? dayOf(now).slice(0, 4)
  if (!/^20\d\d$/.test(wanted)) throw new CliError(`年份写成 2026 这样,收到 ${wanted}。`)
  const start = { county: (await onlyCounty(tx, county)).office, year: Number(wanted) }
  const plan = await choosePlan(tx, start, await choiceOf(tx, start.county, asked))
  if (plan === null) throw new CliError('没有这个行动。')
  return { ...start, ...plan }
}

async function choiceOf(tx: Sql, county: string, { template, copy }: Plan): Promise<PlanChoice> {
  if (template !== undefined && copy !== undefined) throw new CliError('--template 和 --copy 只写一个。')
  if (template !== undefined) return { text: await textOf(template) }
  if (copy === undefined) return { name: 'safety-net-2022' }
  const before = await campaignOfYear(tx, county, Number(copy))
  if (!before) throw new CliError(`本县没有 ${copy} 年的行动,不能照它建立。`)
  return { copyOf: before.id }
}

function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    throw new CliError(`没有文件 ${file}`)
  })
}

async function checkTemplate(file: string, options: Shared & { county?: string }): Promise<void> {
  const text = await textOf(file)
  await onOwner(options, async (tx) => {
    const { office } = await onlyCounty(tx, options.county)
    const { phases } = readTemplateText(text, await dutiesOf(tx, office))
    const items = phases.reduce((sum, phase) => sum + phase.items.length, 0)
    say(options, `模板没有问题:${phases.length} 个阶段,${items} 项工作。`, { phases: phases.length, items })
  }).catch(asCliError({}))
}

async function showPreview(tx: Sql, options: Options, launching: Launch, now: Instant): Promise<void> {
  const preview = await previewLaunch(tx, launching, now)
  const head = `${launching.year} 年行动(${launching.county}),只是预览,什么也没有写入:`
  console.log(options.json ? JSON.stringify(preview) : [head, ...previewWords(preview)].join('\n'))
}

async function launchNow(tx: Sql, options: Options, launching: Launch, now: Instant): Promise<void> {
  const id = await launchCampaign(tx, launching, now)
  const { county } = launching
  const event = { atWall: Date.now(), county, actor: OWNER, action: 'campaign.launch', subject: id }
  await addAuditEvent(tx, { ...event, outcome: 'done', detail: launchDetail(launching, now) })
  say(options, `已启动 ${launching.year} 年行动。`, { id })
}

function asCliError({ year = '今' }: Pick<Options, 'year'>) {
  return (error: unknown): never => {
    if (error instanceof BadBeginning)
      throw new CliError(error.misfits.map(({ message }) => message).join('\n'))
    if (error instanceof BadTemplate) throw new CliError(error.message)
    if (errorCode(error) === UNIQUE_VIOLATION)
      throw new CliError(`${year}年的行动已经建立,一个县一年只有一个。`)
    throw error
  }
}
