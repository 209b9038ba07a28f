import { z } from 'zod'
import {
  NO_EVIDENCE_LABELS,
  PROBLEM_ORIGIN_LABELS,
  PROBLEM_TYPE_LABELS,
} from '../../domain/obligation/problem-words.ts'
import { coded } from './common.ts'

/** What an obligation has that is a problem of the list. */
export const problemPart = z.object({
  origin: coded(PROBLEM_ORIGIN_LABELS).nullable(),
  type: coded(PROBLEM_TYPE_LABELS).nullable(),
  wrong: z.string().nullable().describe('不能看办理说明的人,和保存期已满的,为 null'),
  measure: z.string().nullable(),
  responsible: z
    .object({ id: z.string().nullable(), name: z.string() })
    .nullable()
    .describe('责任人;是本单位人员的有编号'),
  noEvidence: coded(NO_EVIDENCE_LABELS).nullable(),
  attachments: z.number().describe('佐证材料的份数'),
  strikeOff: z.string().nullable().describe('销号的编号,例如 销号〔2022〕001;还没有销号的为 null'),
  batch: z.string().describe('一次登记的几件共有的编号'),
  foundBy: z
    .object({
      id: z.string(),
      finding: z.number().nullable().describe('“回头望”中的第几项,从 0 数起;别的事项为 null'),
    })
    .nullable()
    .describe('由哪一件事项查出'),
  labels: z.record(z.string(), z.string()),
})
export type ProblemPart = z.infer<typeof problemPart>
