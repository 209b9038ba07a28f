import { Command } from 'commander'
import { now as businessNow } from '../../services/schedule/clock.ts'
import { anonymiseClosed, countDue, type Retired } from '../../services/households/retention.ts'
import { beijingText, dayOf, instantAt, type Instant, isDay } from '../../domain/time/days.ts'
import { CliError } from '../cli/cli-error.ts'
import { readConfig } from '../config/config.ts'
import { withOwner } from '../cli/owner-database.ts'
import { progressLine } from '../cli/progress-line.ts'

type Options = { years?: string; dryRun?: boolean; data?: string; json?: boolean }

export function retentionCommand(): Command {
  return new Command('retention')
    .description('行动结束满若干年的户:删去姓名、号码和办理人写的说明,事项和统计保留')
    .option('--years <年数>', '行动结束后保存几年(默认 DUBAN_RETENTION_YEARS)')
    .option('--dry-run', '只数一数,不改动')
    .option('--data <目录>', '服务的数据目录(默认 .duban)')
    .option('--json', '结果输出为 JSON')
    .action(retire)
}

async function retire(options: Options): Promise<void> {
  const config = readConfig(process.env, { DUBAN_DATA: options.data })
  const years = Number(options.years ?? config.DUBAN_RETENTION_YEARS)
  if (!Number.isInteger(years) || years < 1 || years > 100)
    throw new CliError('--years 要是 1 到 100 的整数。')
  await withOwner(config, async ({ pool, masterKey }) => {
    const before = yearsBefore(await businessNow(pool), years)
    const line = progressLine(options.json ? null : process.stderr)
    const done = options.dryRun
      ? await countDue(pool, before)
      : await anonymiseClosed({
          pool,
          masterKey,
          before,
          wallNow: Date.now(),
          onProgress: (n) => line.say(`${n} 户`),
        })
    line.end()
    if (options.json) return console.log(JSON.stringify({ before: new Date(before).toISOString(), ...done }))
    console.log(resultSentence(done, before, options.dryRun === true))
  })
}

/** The same day of the year, at the beginning of the day; for 29 February, the 28th. */
export function yearsBefore(now: Instant, years: number): Instant {
  const today = dayOf(now)
  const day = `${Number(today.slice(0, 4)) - years}${today.slice(4)}`
  return instantAt(isDay(day) ? day : day.replace('02-29', '02-28'), '00:00')
}

function resultSentence(done: Retired, before: Instant, dryRun: boolean): string {
  const what = `${done.households} 户、${done.texts} 条说明、${done.reasons} 条查看理由、${done.papers} 件事项的问题内容和附件、${done.uploads} 个未登记的上传文件、${done.runs} 批早已办完的批量办理记录`
  const which = `${beijingText(before).slice(0, 10)} 之前结束的行动`
  return dryRun ? `${which}:将删去 ${what}。没有改动。` : `${which}:已删去 ${what};事项和统计保留。`
}
