import { STREAM_LABELS } from './chain.ts'
import { type Finding, FINDING_LABELS } from './walk.ts'
import { beijingText } from '../time/days.ts'

/** One sentence: what was done to which record, and from when. */
export function findingSentence(finding: Finding): string {
  return `${STREAM_LABELS[finding.stream]}:${whereOf(finding)}${FINDING_LABELS[finding.kind]}${moreOf(finding)}(${sinceOf(finding)})。`
}

function whereOf({ id, block, through }: Finding): string {
  const blocks =
    block === undefined ? '' : through === undefined ? `第 ${block} 块` : `第 ${block} 至 ${through} 块`
  return [
    id === undefined ? '' : `第 ${id} 号记录,`,
    blocks && id !== undefined ? `在${blocks},` : blocks && `${blocks},`,
  ].join('')
}

function moreOf({ kind, other }: Finding): string {
  if (other !== undefined) return `,现在是第 ${other} 号的内容`
  return kind === 'chain-rewritten' ? ',不是用本系统的密钥封存的,或与公布的封存不符' : ''
}

function sinceOf({ kind, since }: Finding): string {
  if (since === null || !Number.isFinite(since)) return '时间无从确定'
  const at = `${beijingText(since)}(北京时间)`
  return kind === 'cut-off' ? `${at} 之后的都已不在` : `发生在 ${at} 之后`
}
