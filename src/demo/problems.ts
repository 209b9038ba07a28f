import type { ProblemOrigin, ProblemType } from '../domain/obligation/problem-words.ts'
import type { Calendar } from '../domain/time/calendar.ts'
import { type Day, dayOf, type Instant } from '../domain/time/days.ts'
import { inTransaction, type Pool } from '../db/pool.ts'
import { addAttachment } from '../services/attachments/store.ts'
import { officesUnder, townsOf } from '../services/people/offices.ts'
import { lockLastDayOfProblems } from '../services/problems/last-day.ts'
import { type NewProblem, registerProblems } from '../services/problems/register.ts'
import type { Keyring } from '../services/vault/encryption.ts'
import { samplePdf } from './sample-pdf.ts'

/** How long before the day that is shown the problems were found. */
const FOUND_BEFORE = 25

type Sample = {
  town: number
  origin: ProblemOrigin
  type: ProblemType
  title: string
  wrong: string
  measure: string
  /** Working days from the day they were found. */
  due: number
}
/** Believable ones, with days by which some are struck off and others are not. */
const SAMPLES: readonly Sample[] = [
  {
    ...{ town: 0, origin: 'audit', type: 'dropped-cover', due: 8 },
    title: '审计反馈:一户低保到期未复核停发',
    wrong: '审计抽查发现,一户低保户复核期满后没有组织复核,待遇停发两个月。',
    measure: '一周内完成复核,符合条件的恢复待遇并补发。',
  },
  {
    ...{ town: 1, origin: 'one-card', type: 'wrong-cover', due: 10 },
    title: '“一卡通”比对:一名已故人员待遇未停',
    wrong: '与民政殡葬数据比对发现,一名低保对象去世后第二个月仍在发放。',
    measure: '停发并追回多发的一个月,核对全镇死亡人员名单。',
  },
  {
    ...{ town: 2, origin: 'post-evaluation', type: 'missed-cover', due: 12 },
    title: '后评估反馈:一户重病户未纳入',
    wrong: '后评估入户发现,一户因重病支出较大,没有申请过低保,村里也没有上报。',
    measure: '入户核实家庭收支,符合条件的按程序纳入。',
  },
  {
    ...{ town: 3, origin: 'spot-check', type: 'perfunctory', due: 32 },
    title: '抽查:入户核查表内容雷同',
    wrong: '县级抽查发现,同一村五户的入户核查表内容完全相同,没有入户照片。',
    measure: '五户重新入户,表格由镇分管领导逐户签字。',
  },
  {
    ...{ town: 4, origin: 'data-check', type: 'other', due: 35 },
    title: '数据核对:台账与系统人数不一致',
    wrong: '六月台账登记的特困人员比系统少三人。',
    measure: '逐人核对,在系统和台账中更正。',
  },
  {
    ...{ town: 5, origin: 'self-check', type: 'missed-cover', due: 40 },
    title: '自查:临时救助未及时申办',
    wrong: '镇自查发现,一户火灾受损户当月没有办理临时救助。',
    measure: '补办临时救助,向各村重申先行救助的规定。',
  },
]

/** Problems that a demonstration has: found on one day, the first of them with a file that shows what was done. */
export function demoProblems(
  { pool, keys }: { pool: Pool; keys: Keyring },
  county: string,
  { now, calendar }: { now: Instant; calendar: Calendar },
) {
  const foundOn = calendar.add(dayOf(now), -FOUND_BEFORE)
  let laid = false
  return {
    /** Lays them once their day has come. */
    async layOn(today: Day, at: Instant): Promise<void> {
      if (laid || today < foundOn) return
      laid = true
      await inTransaction(pool, async (tx) => {
        const offices = await officesUnder(tx, county)
        const towns = await townsOf(tx, county)
        const phase = await lockLastDayOfProblems(tx, county, today)
        const last = phase ? { lastOn: phase.lastOn, basis: `${phase.source} ${phase.clause}`.trim() } : null
        const latest = last?.lastOn ?? '9999-12-31'
        const list = SAMPLES.map((sample, i) => problemOf(sample, i))
        if (latest < today || towns.length === 0) return
        const order = { county, actor: '县救助中心', now: at, keys, offices, last }
        const { ids } = await registerProblems(tx, order, list)
        const file = {
          name: '整改情况说明.pdf',
          type: 'pdf',
          content: samplePdf('Duban demonstration'),
        } as const
        await addAttachment(tx, keys, {
          ...{ obligation: ids[0]!, county, by: list[0]!.office.name, now: at, ...file },
        })

        function problemOf({ town, due, ...said }: Sample, i: number): NewProblem {
          const dueOn = calendar.add(today, due)
          return {
            ...{ ...said, once: `demo|${i}`, batch: `pb_demo${i}`, office: towns[town % towns.length]! },
            responsible: { name: '', person: null },
            dueOn: dueOn < latest ? dueOn : latest,
          }
        }
      })
    },
  }
}
