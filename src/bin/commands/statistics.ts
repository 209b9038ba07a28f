import { writeFile } from 'node:fs/promises'
import { Command, Option } from 'commander'
import {
  type Across,
  ACROSS_LABELS,
  type Down,
  DOWN_LABELS,
  type Span,
  SPAN_LABELS,
} from '../../domain/obligation/statistic.ts'
import { codesOf } from '../../domain/obligation/vocabulary.ts'
import { formatOf } from '../cli/file-format.ts'
import { serviceFor, type ServiceOptions, withService } from '../cli/service-options.ts'

type Tally = { items: number; households: number }
type Statistics = {
  columns: { label: string }[]
  items: { office: { name: string }; village: string | null; cells: Tally[]; total: Tally }[]
  totals: Tally[]
  total: Tally
}
type Asked = { kind?: string; office?: string; campaign?: string; from?: string; to?: string } & {
  across?: Across
  down?: Down
  span?: Span
}

export function statisticsCommand(): Command {
  const statistics = new Command('statistics').description('统计:结论、等级、因素、来源,和排查统计表')
  const show = withService(statistics.command('show', { isDefault: true }))
    .description('各镇(或各村)的件数,列出在这里,或写成文件')
    .argument('[文件]', '写到哪个文件,.xlsx 或 .csv')
    .addOption(choice('--across <列>', '横向按什么分列', ACROSS_LABELS))
    .addOption(choice('--down <行>', '纵向按镇还是按村', DOWN_LABELS))
    .addOption(choice('--span <日>', '按签发日还是办结日计', SPAN_LABELS))
    .option('--from <日期>', '这一天起')
    .option('--to <日期>', '到这一天止')
    .option('--kind <种类>', '默认 warning 预警核查')
    .option('--office <单位>', '只要这个单位和它的下级')
    .option('--campaign <行动>', '行动的编号')
  show.action(showStatistics)
  withService(statistics.command('screenings').description('排查统计表:各镇五个全面排查的户数和覆盖面'))
    .argument('<文件>', '写到哪个文件,.xlsx 或 .csv')
    .option('--campaign <行动>', '行动的编号;不写是最近的一个')
    .action(writeScreenings)
  return statistics
}

function choice(flags: string, description: string, labels: Record<string, string>): Option {
  const words = Object.entries(labels).map(([code, label]) => `${code} ${label}`)
  return new Option(flags, `${description}:${words.join('、')}`).choices(codesOf(labels))
}

async function showStatistics(file: string | undefined, options: ServiceOptions & Asked): Promise<void> {
  const { across, down, span, from, to, kind, office, campaign } = options
  const query = queryOf({ across, down, span, from, to, kind, office, campaign })
  if (file !== undefined) return save(file, '/v1/statistics/obligations/file', query, options)
  const service = await serviceFor(options)
  const counted = await service.call<Statistics>(`/v1/statistics/obligations?${query}`)
  console.log(options.json ? JSON.stringify(counted) : statisticLines(counted).join('\n'))
}

function writeScreenings(file: string, options: ServiceOptions & { campaign?: string }): Promise<void> {
  const { campaign } = options
  return save(file, '/v1/statistics/screenings/file', queryOf({ campaign }), options)
}

async function save(
  file: string,
  path: string,
  query: URLSearchParams,
  options: ServiceOptions,
): Promise<void> {
  query.set('format', formatOf(file))
  const bytes = await (await serviceFor(options)).bytes(`${path}?${query}`)
  await writeFile(file, bytes)
  console.log(
    options.json ? JSON.stringify({ file, bytes: bytes.length }) : `已写入 ${file}(${bytes.length} 字节)。`,
  )
}

function queryOf(asked: Record<string, string | undefined>): URLSearchParams {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(asked)) if (value !== undefined) query.set(name, value)
  return query
}

/** A place a line: what is there, column by column, and its sum. */
export function statisticLines({ columns, items, totals, total }: Statistics): string[] {
  const lines = items
    .filter(({ total: ofRow }) => ofRow.items > 0)
    .map(({ office, village, cells, total: ofRow }) =>
      lineOf(village === null ? office.name : `${office.name} ${village}`, columns, cells, ofRow),
    )
  return [...lines, lineOf('合计', columns, totals, total)]
}

function lineOf(name: string, columns: Statistics['columns'], cells: readonly Tally[], total: Tally): string {
  const told = columns.flatMap(({ label }, nth) => {
    const { items = 0 } = cells[nth] ?? {}
    return items === 0 ? [] : [`${label} ${items}`]
  })
  const sum = `${total.items} 件、${total.households} 户`
  return told.length === 0 ? `${name}:${sum}` : `${name}:${sum}(${told.join(',')})`
}
