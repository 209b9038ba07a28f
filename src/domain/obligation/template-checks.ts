import { isDay } from '../time/days.ts'
import type { CampaignTemplate } from './campaign-template.ts'

/** What of a template does not hold together: where, as the keys that lead there, and a sentence. */
export type TemplateFault = { path: (string | number)[]; message: string }

/**
 * Checks between the fields of a template: days that exist, phases in the order of their days, codes that stand once, and owners that
 * the county has. An item whose duty is nobody's would be owed by nobody.
 * @param duties those that offices of the county have
 */
export function templateFaults({ phases }: CampaignTemplate, duties: ReadonlySet<string>): TemplateFault[] {
  return phases.flatMap((phase, p) => {
    const at = (...more: (string | number)[]) => ['phases', p, ...more]
    const before = phases[p - 1]
    return [
      ...dayFaults(phase.opens, at('opens')),
      ...dayFaults(phase.due, at('due')),
      ...(phase.opens > phase.due
        ? [fault(at('due'), `到期日 ${phase.due} 早于开始日 ${phase.opens},请改正其中一个`)]
        : []),
      ...(before && phase.opens < before.opens
        ? [fault(at('opens'), `比上一个阶段“${before.title}”还早开始,几个阶段绕成了圈;请按先后排列`)]
        : []),
      ...repeated(
        phases.map(({ code }) => code),
        p,
        at('code'),
        '阶段',
      ),
      ...phase.items.flatMap((item, i) => [
        ...(item.due === undefined ? [] : dayFaults(item.due, at('items', i, 'due'))),
        ...ownerFaults(item.owner, duties, at('items', i, 'owner')),
        ...repeated(phase.items.map(keyOf), i, at('items', i, 'code'), '事项'),
      ]),
    ]
  })
}

function keyOf({ code, period = 'Y' }: CampaignTemplate['phases'][number]['items'][number]): string {
  return `${code}/${period}`
}

/** Of a leap year, so that the 29th of February is a day. */
function dayFaults(monthDay: string, path: TemplateFault['path']): TemplateFault[] {
  return isDay(`2024-${monthDay}`) ? [] : [fault(path, `没有 ${monthDay} 这一天,写成 MM-DD,例如 05-31`)]
}

function ownerFaults(
  owner: CampaignTemplate['phases'][number]['items'][number]['owner'],
  duties: ReadonlySet<string>,
  path: TemplateFault['path'],
): TemplateFault[] {
  if ('every' in owner || duties.has(owner.duty)) return []
  const known = [...duties].sort().join('、')
  const choose = known === '' ? '本县还没有单位分配职责' : `本县有的职责:${known}`
  return [fault([...path, 'duty'], `本县没有单位承担“${owner.duty}”,这项工作没有人办;${choose}`)]
}

function repeated(
  keys: readonly string[],
  at: number,
  path: TemplateFault['path'],
  what: string,
): TemplateFault[] {
  return keys.indexOf(keys[at]!) < at
    ? [fault(path, `${what}代码 ${keys[at]!.split('/')[0]} 重复,请换一个`)]
    : []
}

function fault(path: TemplateFault['path'], message: string): TemplateFault {
  return { path, message }
}
