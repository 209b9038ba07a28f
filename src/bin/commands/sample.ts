import { Command } from 'commander'
import { REPLACEMENT_LABELS } from '../../domain/obligation/sampling-words.ts'
import { choicesIn } from '../cli/choices-in.ts'
import { serviceFor, type ServiceOptions, withService } from '../cli/service-options.ts'

type Counts = { population: number; required: number; checked: number; differing: number; short: number }
type Sample = {
  id: string
  seed: string
  percent: number
  population: number
  dueOn: string
  total: Counts
  towns: (Counts & { office: { name: string } })[]
  households: { household: string; office: { name: string }; place: number; state: string }[]
}
type DrawOptions = ServiceOptions & { due: string; seed?: string; percent?: string; county?: string }

export function sampleCommand(): Command {
  const sample = new Command('sample').description('县级抽查:抽取、查看、替换')
  withService(sample.command('draw').description('冻结总体,按镇和类别抽取,并为每户登记一件县级抽查'))
    .requiredOption('--due <日期>', '核查要在哪天以前完成')
    .option('--seed <种子>', '同一名册、同一种子,抽到同样的户;不写由系统取一个')
    .option('--percent <数>', '每镇抽百分之几,不少于 20')
    .option('--county <单位>', '县局的单位代码;只有一个县时可不写')
    .action(draw)
  withService(sample.command('show').description('一次抽样:各镇应抽、已核查、还差几户'))
    .argument('<编号>')
    .action(async (id: string, options: ServiceOptions) => {
      const service = await serviceFor(options)
      tell(await service.call<Sample>(`/v1/samples/${encodeURIComponent(id)}`), options)
    })
  withService(sample.command('list').description('历次抽样,最近的在前')).action(list)
  withService(sample.command('replace').description('替换一户无法核查的'))
    .argument('<编号>')
    .argument('<户>', '要替换的户在名册中的编号')
    .requiredOption('--reason <原因>', choicesIn(REPLACEMENT_LABELS))
    .action(replace)
  return sample
}

async function draw({ due, seed, percent, county, ...options }: DrawOptions): Promise<void> {
  const service = await serviceFor(options)
  const body = {
    dueOn: due,
    ...(seed && { seed }),
    ...(percent && { percent: Number(percent) }),
    ...(county && { county }),
  }
  tell(await service.call<Sample>('/v1/samples', post(body)), options)
}

async function list(options: ServiceOptions): Promise<void> {
  const service = await serviceFor(options)
  const { items } = await service.call<{ items: Omit<Sample, 'total' | 'towns' | 'households'>[] }>(
    '/v1/samples',
  )
  if (options.json) return console.log(JSON.stringify(items))
  if (items.length === 0) return console.log('还没有抽过样。')
  for (const { id, seed, percent, population, dueOn } of items)
    console.log(`${id} 总体 ${population} 户,每镇 ${percent}%,种子 ${seed},${dueOn} 前核查`)
}

async function replace(
  id: string,
  household: string,
  options: ServiceOptions & { reason: string },
): Promise<void> {
  const service = await serviceFor(options)
  const path = `/v1/samples/${encodeURIComponent(id)}/replacements`
  tell(await service.call<Sample>(path, post({ household, reason: options.reason })), options)
}

function post(body: object): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

function tell(sample: Sample, { json }: ServiceOptions): void {
  if (json) return console.log(JSON.stringify(sample))
  const { id, seed, percent, dueOn, towns, total } = sample
  console.log(`抽样 ${id}:每镇 ${percent}%,种子 ${seed},${dueOn} 前核查`)
  for (const { office, ...counts } of towns) console.log(`  ${office.name}:${countsIn(counts)}`)
  console.log(`合计:${countsIn(total)}`)
}

function countsIn({ population, required, checked, differing, short }: Counts): string {
  return `总体 ${population} 户,应抽 ${required},已核查 ${checked}(不一致 ${differing}),还差 ${short}`
}
