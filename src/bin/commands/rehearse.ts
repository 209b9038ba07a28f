import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { instantAt } from '../../domain/time/days.ts'
import { removePostgres } from '../../engine/embedded/postgres-data.ts'
import { Responder } from '../../rehearsal/responder.ts'
import { readGivenWarnings } from '../../rehearsal/given-warnings.ts'
import { plant } from '../../rehearsal/plant.ts'
import { rehearse } from '../../rehearsal/rehearse.ts'
import { summaryOf, writeReport } from '../../rehearsal/report.ts'
import { sinkOf } from '../../rehearsal/sink.ts'
import { type Fault, FAULTS, type RehearsalReport } from '../../rehearsal/types.ts'
import { CliError } from '../cli/cli-error.ts'
import { readConfig } from '../config/config.ts'
import { endChildren } from '../start/children.ts'
import { untilAskedToStop } from '../start/until-stopped.ts'
import { up } from '../start/up.ts'

type Options = {
  year: string
  warnings: string
  seed: string
  report?: string
  data?: string
  from?: string
  to?: string
  fault?: Fault
  json?: boolean
}

export function rehearseCommand(): Command {
  return new Command('rehearse')
    .description('在步进时钟上演练一整年,并核对每一次应有的提醒和督办')
    .option('--year <年>', '行动年份', '2022')
    .option('--warnings <文件>', '平台预警导出', 'templates/sample-warnings-2022.csv')
    .option('--seed <数>', '经办人行为的随机种子', '7')
    .option('--from <日期>', '只演练一段:开始')
    .option('--to <日期>', '只演练一段:结束')
    .option('--report <文件>', '把账目写成 JSON')
    .option('--data <目录>', '保留这一年,之后可用 npm start -- --data 目录 打开')
    .addOption(new Option('--fault <故障>', '故意埋一个故障,账目必须查出').choices([...FAULTS]))
    .option('--json', '账目输出为 JSON')
    .action(async (options: Options) => {
      const report = await play(options)
      if (options.report) await writeReport(report, options.report)
      console.log(options.json ? JSON.stringify(report) : summaryOf(report))
      process.exitCode = report.clean ? 0 : 1
    })
}

async function play(options: Options): Promise<RehearsalReport> {
  const year = wholeNumber(options.year, '--year')
  const seed = wholeNumber(options.seed, '--seed')
  // Before anything is started: a file that cannot be played is told of at once.
  await readGivenWarnings({ warningsFile: options.warnings, year })
  const dir = options.data ?? mkdtempSync(join(tmpdir(), 'duban-rehearsal-'))
  // A year's requests come within minutes.
  const unlimited = { DUBAN_RATE_LIMIT: 1_000_000 }
  const config = readConfig(process.env, { DUBAN_DATA: dir, DUBAN_PORT: 0, LOG_LEVEL: 'error', ...unlimited })
  const answers = new Responder()
  const { from, to, fault } = options
  let acted = false
  const interrupted = untilInterrupted(dir, options.data !== undefined)
  const running = await up(config, {
    begin: 'offices',
    throwaway: !options.data,
    demoSignIn: true,
    publishHead: false,
    clock: { mode: 'stepped', businessAt: instantAt(`${year}-01-01`, '00:00') },
    wrap: (given) => {
      const deps = { ...given, onAnswer: answers.ring }
      return fault ? plant(deps, fault, { acted: () => (acted = true) }) : deps
    },
  })
  try {
    if (!running.inbox) throw new CliError('演练需要本机试用邮箱:请不要设置 SMTP_URL。')
    const say = (line: string) => (options.json ? undefined : console.log(`  ${line}`))
    say(`网页 ${running.url}/app/  试用邮箱 ${running.url}/app/inbox`)
    await Promise.race([running.engine.joined, interrupted])
    const part = { ...(from ? { from } : {}), ...(to ? { to } : {}), ...(fault ? { fault } : {}) }
    const played = rehearse(
      { year, seed, warningsFile: options.warnings, onProgress: say, ...part },
      {
        baseUrl: running.url,
        token: running.token,
        pool: running.pool,
        sink: sinkOf(running.inbox),
        answers,
      },
    )
    const report = await Promise.race([played, interrupted])
    if (fault && !acted) throw new CliError(neverActed(fault, report))
    return report
  } finally {
    await running.stop()
    if (!options.data) await discardData(dir)
  }
}

/**
 * Rejects once somebody asks to stop, so that the servers of a year are not left behind by whoever breaks it off.
 * @throws CliError
 */
function untilInterrupted(dir: string, keeps: boolean): Promise<never> {
  const atOnce = async () => {
    await endChildren({ file: (name) => join(dir, name) })
    if (!keeps) await discardData(dir)
  }
  const asked = untilAskedToStop(atOnce, {
    byNpm: process.env.npm_lifecycle_event !== undefined,
    hasReader: true,
  })
  const interrupted = asked.then(() => {
    console.error('正在停止……再按一次 Ctrl-C 立即结束。')
    throw new CliError('演练已中断,没有算出账目;为它启动的服务已停止。')
  })
  // It may come while the servers are still starting.
  interrupted.catch(() => undefined)
  return interrupted
}

/** The database's files may lie outside the directory, where its user can reach them. */
async function discardData(dir: string): Promise<void> {
  await removePostgres(join(dir, 'postgres'))
  rmSync(dir, { recursive: true, force: true })
}

/** A fault that did nothing is found by no account, and would pass for one that was not noticed, or for a clean year. */
function neverActed(fault: Fault, { from, to }: RehearsalReport): string {
  return `故障 ${fault} 没有埋成:${from} 至 ${to} 里没有它要碰的事。README.md“测试和演练”的表里有每个故障要演练哪一段。`
}

function wholeNumber(text: string, name: string): number {
  if (!/^\d+$/.test(text)) throw new CliError(`${name} 要是整数,得到的是 ${text}`)
  return Number(text)
}
