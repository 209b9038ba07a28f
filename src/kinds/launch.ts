import { z } from 'zod'
import { coded } from '../domain/fields.ts'
import type { ProblemType } from '../domain/obligation/problem-words.ts'
import { LOOK_BACK_POLICY_LABELS, type LookBackPolicy } from '../domain/obligation/result-words.ts'
import { note, plainResult, plannedFacts } from './fields.ts'
import { defineKind } from './define-kind.ts'
import type { Wrong } from './kind.ts'
import { PLAIN_LEDGER } from './ledger-columns.ts'
import { mailWords } from './mail-words.ts'

/** One finding of a look-back. Policy and words tell it from others; one that is marked becomes a problem once the launch is accepted. */
export const lookBackFinding = z.strictObject({
  policy: coded(LOOK_BACK_POLICY_LABELS),
  finding: z.string().trim().min(1, '请写明查到的情况;没有问题也请写明').max(1000),
  problem: z.boolean().optional(),
})
export type LookBackFinding = z.infer<typeof lookBackFinding>
export const launchResult = z.strictObject({
  lookBack: z.array(lookBackFinding).min(1, '“回头望”至少要写明一项政策的情况').max(60),
  note,
})
type LaunchResult = z.infer<typeof launchResult>

/** 启动部署 (R12): a town launches the campaign and looks back at what its policies did. */
export const launch = defineKind<z.infer<typeof plannedFacts>, LaunchResult>({
  code: 'launch',
  label: '启动部署',
  begins: ['template', 'person'],
  facts: plannedFacts,
  result: launchResult,
  storedResult: z.union([launchResult.partial({ lookBack: true }), plainResult]),
  texts: ['lookBack'],
  codesInTexts: ['policy'],
  sampleResult: (pick) => ({
    lookBack: [
      { policy: 'full-cover', finding: '逐村核对在保台账,未发现应保未保情况' },
      { policy: 'due-exit', finding: '核对死亡、迁出人员,已按时停发' },
      pick([
        { policy: 'temporary-assistance', finding: '临时救助审批都在规定时限内' },
        { policy: 'single-person-dibao', finding: '按政策落实,手续齐全' },
        { policy: 'tekun-care', finding: '照料护理协议已全部签订' },
      ]),
    ],
  }),
  refusals: {
    '/result/lookBack': {
      refused: 'look-back-required',
      message: '启动部署要连同“回头望”一起报送:请逐项写明看了哪项政策、查到什么情况。',
    },
  },
  foundWrong: ({ result: { lookBack } }) =>
    lookBack.flatMap((found, place) => (found.problem ? [problemOf(found, place)] : [])),
  limit: 'fixed-day',
  household: 'none',
  title: () => '启动实施并开展“回头望”',
  mail: mailWords('召开部署会、开展“回头望”', '报送部署情况'),
  ledger: PLAIN_LEDGER,
})

/** What a policy that was not followed leads to; of the others nothing is said. */
const TYPE_OF: Partial<Record<LookBackPolicy, ProblemType>> = {
  'full-cover': 'missed-cover',
  'due-exit': 'wrong-cover',
}

function problemOf({ policy, finding }: LookBackFinding, place: number): Wrong {
  return {
    ...{ of: 'own', finding: place, origin: 'self-check', type: TYPE_OF[policy] ?? 'other' },
    sameAs: JSON.stringify([policy, finding]),
    words: `“回头望”(${LOOK_BACK_POLICY_LABELS[policy]})查到:${finding}`,
  }
}
