import { Command } from 'commander'
import type { z } from 'zod'
import type { decidedTwin, householdStory, possibleTwin } from '../../contract/api/households.ts'
import { STATE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { KIND_LABELS } from '../../kinds/kinds.ts'
import { serviceFor, type ServiceOptions, tellList, withService } from '../cli/service-options.ts'

type Story = z.infer<typeof householdStory>
type Twin = z.infer<typeof possibleTwin>
type Decided = z.infer<typeof decidedTwin>

/** One household across everything, begun from one of its obligations or its place on the roster; masked, as for everybody. */
export function householdCommand(): Command {
  const household = new Command('household').description('一户的全部事项,和可能的同一户')
  withService(household.command('show').description('同一户的预警、排查、救助落实、监测走访、保障和退出'))
    .argument('<编号>', '它的一件事项,或它在名册上的编号(roster list)')
    .action(show)
  withService(household.command('twins').description('可能的同一户:电话相同,或同村同名;由人认定'))
    .argument('<编号>', '它的一件事项')
    .action(listTwins)
  const decisions = [
    ['same', '认定两件事项是同一户,此后一起列出', true],
    ['apart', '认定两件事项不是同一户', false],
    ['undecide', '取消认定', null],
  ] as const
  for (const [name, description, same] of decisions)
    withService(household.command(name).description(description))
      .argument('<编号>', '一件事项')
      .argument('<另一件>', '可能是同一户的另一件事项')
      .action((id: string, other: string, options: ServiceOptions) => decide(id, other, same, options))
  return household
}

const pathOf = (id: string) => `/v1/households/${encodeURIComponent(id)}`

async function show(id: string, options: ServiceOptions): Promise<void> {
  const story = await (await serviceFor(options)).call<Story>(pathOf(id))
  console.log(options.json ? JSON.stringify(story) : storyLines(story).join('\n'))
}

function storyLines(story: Story): string[] {
  const { subject, cover, roster, monitored, exits, screenings, checks, items } = story
  return [
    subject ? `${subject.village} ${subject.name} ${subject.idNo} ${subject.phone}` : '(不能看户的信息)',
    cover ? `保障:${cover.labels['outcome'] ?? cover.outcome},${cover.since} 起` : '保障:没有认定',
    ...(roster
      ? [`名册:${roster.office.name},${roster.labels['group'] ?? ''},${roster.labels['cover'] ?? ''}`]
      : []),
    ...(monitored ? ['监测:还在走访'] : []),
    ...exits.map(
      ({ on, decidedBy, backOn, labels }) =>
        `退出:${on} ${labels['reason'] ?? labels['outcome'] ?? ''}${decidedBy === null ? '' : `,${decidedBy}决定`}${backOn === null ? '' : `,${backOn} 再次纳入`}`,
    ),
    ...screenings.map(
      ({ office, title, visitedOn, labels }) =>
        `排查:${office.name} ${title},${visitedOn === null ? '还没有走访' : `${visitedOn} ${labels['finding'] ?? ''},${labels['follow'] ?? ''}`}`,
    ),
    ...checks.map(({ dueOn, agrees, labels }) => {
      const found = agrees === null ? '' : agrees ? ',一致' : `,不一致:${labels['differs'] ?? ''}`
      return `县级抽查:${dueOn} 前 ${labels['state'] ?? ''}${labels['method'] ? `,${labels['method']}` : ''}${found}`
    }),
    ...items.map((item) => {
      const outcome = item.outcome === null ? '' : `,${item.labels['outcome'] ?? item.outcome}`
      return `${item.id} ${item.office.name} ${KIND_LABELS[item.kind]} ${item.title}:${STATE_LABELS[item.state]}${outcome}`
    }),
  ]
}

async function listTwins(id: string, options: ServiceOptions): Promise<void> {
  const { items } = await (await serviceFor(options)).call<{ items: Twin[] }>(`${pathOf(id)}/twins`)
  const line = ({ obligation, labels, keptApart }: Twin) => {
    const { office, subject, title } = obligation
    const apart = keptApart ? '(已认定为不同的户)' : ''
    return `${obligation.id} ${office.name} ${subject?.name ?? ''} ${title}:${labels.join('、')}${apart}`
  }
  tellList(items, options, { line, none: '没有可能的同一户。' })
}

async function decide(
  id: string,
  other: string,
  same: boolean | null,
  options: ServiceOptions,
): Promise<void> {
  const service = await serviceFor(options)
  const path = `${pathOf(id)}/twins/${encodeURIComponent(other)}`
  const put = {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ same }),
  }
  const decided = await service.call<Decided>(path, same === null ? { method: 'DELETE' } : put)
  const words = same === null ? '已取消认定。' : same ? '已认定为同一户。' : '已认定为不同的户。'
  console.log(options.json ? JSON.stringify(decided) : words)
}
