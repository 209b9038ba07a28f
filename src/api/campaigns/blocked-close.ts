import type { FastifyRequest } from 'fastify'
import { mayIn } from '../../domain/people/permissions.ts'
import { beijingText } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { holdersOfBlockers, type BlockerHeld } from '../../services/campaigns/blocker-holders.ts'
import { AlreadyOverridden, type OpenGate, openGates } from '../../services/campaigns/close.ts'
import type { Campaign } from '../../services/campaigns/store.ts'
import type { PhaseItem } from '../../services/campaigns/phases.ts'
import { ApiError } from '../http/errors.ts'
import { actorOf } from '../plugins/actor.ts'
import { mustHold } from '../plugins/must-hold.ts'

/** As many blockers as a refusal names; the others are counted. */
const NAMED = 50

/**
 * Whoever gives no reason closes a campaign only with nothing left in it (R15).
 * @throws ApiError naming each blocker, with whom it lies and who was told
 */
export async function mustBeReady(tx: Sql, campaign: Campaign): Promise<void> {
  if (campaign.state === 'closed') return
  const gates = await openGates(tx, campaign)
  const unopened = gates.filter(({ phase }) => phase.openedAt === null)
  const blockers = distinctBlockers(gates)
  if (blockers.length + unopened.length === 0) return
  const named = blockers.slice(0, NAMED)
  const held = await holdersOfBlockers(tx, named)
  throw new ApiError(409, 'gate-shut', detailOf(blockers.length, unopened), [
    ...unopened.map(({ phase }) => ({ pointer: '/body/action', message: `“${phase.title}”还没有开始` })),
    ...named.map((item) => ({ pointer: '/body/action', message: blockerWords(item, held.get(item.id)) })),
  ])
}

/** Over what is left nobody decides but a leader (R15). @throws ApiError 403 that says who may */
export function mustLead(request: FastifyRequest, county: string): void {
  const actor = actorOf(request)
  const refusal = new ApiError(
    403,
    'forbidden',
    '放行阶段,或在还有未办结事项时结束行动,只有分管局领导可以决定。没有未办结事项的,不写理由就可以结束行动。',
  )
  mustHold(actor, 'gates:override', refusal)
  if (!mayIn(actor, 'gates:override', county)) throw refusal
}

/** What several gates wait for is named once. */
function distinctBlockers(gates: readonly OpenGate[]): PhaseItem[] {
  const all = gates.flatMap(({ blockers }) => blockers)
  return [...new Map(all.map((item) => [item.id, item])).values()]
}

function detailOf(count: number, unopened: readonly OpenGate[]): string {
  const open = count > 0 ? `还有 ${count} 件没有办结` : ''
  const waiting = unopened.length > 0 ? `还有 ${unopened.length} 个阶段没有开始` : ''
  const more = count > NAMED ? `,下面列出前 ${NAMED} 件` : ''
  const what = [open, waiting].filter((words) => words !== '').join(',')
  return `${what},行动不能结束${more}。请先办结;确要结束的,由分管局领导写明理由(reason)放行。`
}

function blockerWords({ title, office, dueOn }: PhaseItem, held: BlockerHeld | undefined): string {
  const holder = held?.holder ? `在${held.holder.office}${held.holder.person ?? ''}手里` : '没有承办单位'
  const told = held && held.told.length > 0 ? `已告知${held.told.join('、')}` : '还没有告知任何人'
  return `${office}“${title}”,${dueOn} 到期,${holder},${told}`
}

/** @throws ApiError that names who overrode the phase, and when */
export function refuseSecondOverride(error: unknown): never {
  if (!(error instanceof AlreadyOverridden)) throw error
  const { title, overriddenBy, overriddenAt } = error.phase
  const when = overriddenAt === null ? '' : `于 ${beijingText(overriddenAt)} `
  const detail = `“${title}”已由${overriddenBy}${when}决定放行,不能再放行一次。请刷新后查看原来的理由。`
  throw new ApiError(409, 'already-overridden', detail)
}
