import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { addAuditEvent } from '../../services/audit/trail.ts'
import {
  changeCalendar,
  previewCalendarChange,
  previewForEverybody,
  publishForEverybody,
  UnknownOffice,
} from '../../services/recounts/change-calendar.ts'
import { readCalendar } from '../../services/schedule/calendar.ts'
import { now as businessNow } from '../../services/schedule/clock.ts'
import { counties } from '../../services/people/offices.ts'
import {
  type CalendarChange,
  ChangeTooLarge,
  type DaySpan,
  lengthOf,
} from '../../domain/time/calendar-change.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import { NoticeRefused, readNotice } from '../../domain/time/read-notice.ts'
import type { Sql } from '../../db/pool.ts'
import { CliError } from '../cli/cli-error.ts'
import { effectWords } from '../cli/effect-words.ts'
import { onlyCounty } from '../cli/only-county.ts'
import { onOwner, OWNER, type Options as Shared } from '../cli/owner-work.ts'

type Options = Shared & { source: string; year?: string; office: string[]; county?: string; dryRun?: true }

export function calendarCommand(): Command {
  const calendar = new Command('calendar').description('工作日历:放假和调休')
  calendar
    .command('add')
    .description('录入一份放假通知中的日期,在办事项的限时随即重算;同一天再录一次,以后录的为准')
    .argument(
      '<文件>',
      '每行一天或一段:日期,放假或上班,节日名称,例如 2027-02-05~2027-02-11,放假,春节;或同样字段的 YAML、JSON;或通知原文',
    )
    .requiredOption('--source <文号>', '通知的文号,例如 国办发明电〔2026〕1号')
    .option('--year <年>', '通知原文没写年份时,是哪一年')
    .option(
      '--office <单位>',
      '只用于这个单位,可以多次,例如汛情中断交通的几个镇;不写就是全部单位',
      (text: string, all: string[]) => [...all, text],
      [],
    )
    .option('--county <单位>', '县局的单位代码;只有一个县时可不写')
    .option('--dry-run', '只试算:哪些在办事项的限时会变;什么也不写入')
    .option('--data <目录>', '服务的数据目录(默认 .duban)')
    .action(addDays)
  return calendar
}

async function addDays(file: string, options: Options): Promise<void> {
  const spans = await spansOf(file, options.year)
  const words = await onOwner(options, async (tx) => {
    const now = await businessNow(tx)
    return options.office.length > 0
      ? ofOffices(tx, spans, options, now)
      : ofEverybody(tx, spans, options, now)
  }).catch((error) => {
    const isRefused = error instanceof UnknownOffice || error instanceof ChangeTooLarge
    throw isRefused ? new CliError(error.message) : error
  })
  console.log(words.join('\n'))
}

/** The days of a notice hold for every county, over the packaged data. */
async function ofEverybody(tx: Sql, spans: DaySpan[], { source, dryRun }: Options, now: number) {
  const all = await counties(tx)
  if (dryRun) {
    const effects = []
    for (const { office: county, name } of all)
      effects.push(...effectWords(name, await previewForEverybody(tx, { spans, source }, { county, now })))
    return ['只是试算,什么也没有写入:', ...effects]
  }
  const counted = { actor: OWNER, now, counties: all.map(({ office }) => office) }
  const done = await publishForEverybody(tx, { spans, source }, counted)
  const effects = all.flatMap(({ office, name }) => effectWords(name, done.get(office)!))
  await record(tx, null, { days: countDays(spans), source })
  return [...addedWords(spans, await readCalendar(tx, null)), ...effects]
}

/** Days of some offices of one county alone. */
async function ofOffices(
  tx: Sql,
  spans: DaySpan[],
  { source, office, county, dryRun }: Options,
  now: number,
) {
  const home = await onlyCounty(tx, county)
  const change: CalendarChange = { scope: { below: false, offices: [...new Set(office)] }, spans, source }
  const order = { county: home.office, actor: OWNER, now }
  if (dryRun)
    return [
      '只是试算,什么也没有写入:',
      ...effectWords(home.name, await previewCalendarChange(tx, change, order)),
    ]
  const done = await changeCalendar(tx, change, order)
  await record(tx, home.office, { days: countDays(spans), source, offices: office.length })
  return [`已录入 ${countDays(spans)} 天,只用于 ${office.join('、')}。`, ...effectWords(home.name, done)]
}

async function record(tx: Sql, county: string | null, detail: Record<string, unknown>): Promise<void> {
  const event = { atWall: Date.now(), county, actor: OWNER, action: 'calendar.add' }
  await addAuditEvent(tx, { ...event, outcome: 'done', detail })
}

/** A year counts as published with its National Day, so a notice that lacks it is said to be incomplete. */
function addedWords(spans: readonly DaySpan[], { coverage }: Calendar): string[] {
  const last =
    spans
      .map(({ to }) => to.slice(0, 4))
      .sort()
      .at(-1) ?? ''
  const whole = last <= coverage.to.slice(0, 4)
  return [
    `已录入 ${countDays(spans)} 天;日历现在到 ${coverage.to}。`,
    ...(whole ? [] : [`${last} 年还缺国庆节(${last}-10-01)的安排,仍按暂定处理。`]),
  ]
}

function countDays(spans: readonly DaySpan[]): number {
  return spans.reduce((sum, span) => sum + lengthOf(span), 0)
}

/** @throws CliError that names the line and what is accepted */
async function spansOf(file: string, year: string | undefined): Promise<DaySpan[]> {
  if (year !== undefined && !/^20\d\d$/.test(year)) throw new CliError(`年份写成 2027 这样,收到 ${year}。`)
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CliError(`没有文件 ${file}`)
  })
  try {
    return readNotice(text, year === undefined ? null : Number(year))
  } catch (error) {
    if (error instanceof NoticeRefused) throw new CliError(`${file} 不能用:${error.message}`)
    throw error
  }
}
