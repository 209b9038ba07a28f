import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { addAuditEvent } from '../../services/audit/trail.ts'
import { addOverrides, readCalendar } from '../../services/schedule/calendar.ts'
import { type Calendar, type DayOverride } from '../../domain/time/calendar.ts'
import { readNoticeDays } from '../../domain/time/notice-days.ts'
import { inTransaction } from '../../db/pool.ts'
import { CliError } from '../cli/cli-error.ts'
import { readConfig } from '../config/config.ts'
import { withOwner } from '../cli/owner-database.ts'

type Options = { source: string; data?: string }

export function calendarCommand(): Command {
  const calendar = new Command('calendar').description('工作日历:放假和调休')
  calendar
    .command('add')
    .description('录入一份放假通知中的日期;同一天再录一次,以后录的为准')
    .argument('<文件>', '每行一天:日期,放假或上班,节日名称;例如 2027-02-05,放假,春节')
    .requiredOption('--source <文号>', '通知的文号,例如 国办发明电〔2026〕1号')
    .option('--data <目录>', '服务的数据目录(默认 .duban)')
    .action(addDays)
  return calendar
}

async function addDays(file: string, { source, data }: Options): Promise<void> {
  const days = await daysOf(file, source)
  const config = readConfig(process.env, { DUBAN_DATA: data })
  const calendar = await withOwner(config, ({ pool }) =>
    inTransaction(pool, async (tx) => {
      await addOverrides(tx, days)
      const event = { atWall: Date.now(), county: null, actor: 'owner', action: 'calendar.add' }
      await addAuditEvent(tx, { ...event, outcome: 'done', detail: { days: days.length, source } })
      return readCalendar(tx)
    }),
  )
  console.log(addedWords(days, calendar))
}

/** A year counts as published with its National Day, so a notice that lacks it is said to be incomplete. */
function addedWords(days: readonly DayOverride[], { coverage }: Calendar): string {
  const last =
    days
      .map(({ day }) => day.slice(0, 4))
      .sort()
      .at(-1) ?? ''
  const whole = last <= coverage.to.slice(0, 4)
  return [
    `已录入 ${days.length} 天;日历现在到 ${coverage.to}。`,
    ...(whole ? [] : [`${last} 年还缺国庆节(${last}-10-01)的安排,仍按暂定处理。`]),
    '已经定下的截止日不变,以后定的按新日历。',
  ].join('\n')
}

/** @throws CliError that names the line and what is accepted */
async function daysOf(file: string, source: string): Promise<DayOverride[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CliError(`没有文件 ${file}`)
  })
  try {
    const days = readNoticeDays(text, source)
    if (days.length === 0) throw new RangeError('里面没有一天。')
    return days
  } catch (error) {
    if (error instanceof RangeError) throw new CliError(`${file} 不能用:${error.message}`)
    throw error
  }
}
