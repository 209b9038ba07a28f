import { CHANGE_LABELS, type ChangeCode } from '../obligation/change-rules.ts'
import { WITHOUT_NUMBER_LABELS } from '../obligation/without-number.ts'
import { type Kind, LEVEL_LABELS, STAGE_LABELS } from '../obligation/vocabulary.ts'
import type { Answer, Approving, PolicyContent, Reminder, Rule } from './policy.ts'
import { isWritten } from './policy-file.ts'
import { categoryWords, limitWords, reminderWords, repeatWords, rolesWords, rungWords } from './rule-words.ts'
import { extensionRulesOf, handOverRulesOf, suspensionRulesOf } from './postponement-rules.ts'

/** What one rule, or one part of a policy that all rules share, says otherwise in another version. */
export type Difference = { rule: string; changes: string[] }

/** What a thing says, aspect by aspect. */
type Aspects = Record<string, string>
/** How a kind is called. */
type KindLabel = (kind: Kind) => string

/** The differences of two versions in words, rule by rule; none where they say the same. */
export function differencesOf(
  before: PolicyContent,
  after: PolicyContent,
  kindLabel: KindLabel,
): Difference[] {
  const old = new Map(thingsOf(before, kindLabel))
  const now = new Map(thingsOf(after, kindLabel))
  const gone = [...old].flatMap(([key, thing]) =>
    now.has(key) ? [] : [{ rule: thing.rule, changes: ['删去'] }],
  )
  const others = [...now].flatMap(([key, thing]) => {
    const was = old.get(key)
    if (was === undefined) return [{ rule: thing.rule, changes: ['新增', ...wordsOf(thing.aspects)] }]
    const changes = changesOf(was.aspects, thing.aspects)
    return changes.length === 0 ? [] : [{ rule: thing.rule, changes }]
  })
  return [...others, ...gone]
}

function changesOf(before: Aspects, after: Aspects): string[] {
  return Object.keys({ ...before, ...after }).flatMap((aspect) => {
    const [was, is] = [before[aspect] ?? '无', after[aspect] ?? '无']
    return was === is ? [] : [`${aspect}:${was} → ${is}`]
  })
}

function wordsOf(aspects: Aspects): string[] {
  return Object.entries(aspects).map(([aspect, words]) => `${aspect}:${words}`)
}

type Thing = { rule: string; aspects: Aspects }

/** The type asks for every part of a policy; those of the county's are asked for in `countyAspects`. */
function thingsOf(policy: PolicyContent, kindLabel: KindLabel): [string, Thing][] {
  const things = {
    rules: [
      ...policy.rules
        .filter(isWritten)
        .map((rule): [string, Thing] => [
          rule.code,
          { rule: rule.label, aspects: ruleAspects(rule, kindLabel) },
        ]),
      ['#redo', { rule: '重办', aspects: redoAspects(policy.rules) }],
    ],
    suspension: [['#suspension', { rule: '暂停', aspects: approvingAspects(suspensionRulesOf(policy)) }]],
    extension: [['#extension', { rule: '延期', aspects: extensionAspects(policy) }]],
    handOver: [['#hand-over', { rule: '移交', aspects: answerAspects(handOverRulesOf(policy).answer) }]],
    changes: [['#files', { rule: '导入', aspects: fileAspects(policy) }]],
  } satisfies Record<Exclude<keyof PolicyContent, CountyPart>, [string, Thing][]>
  return [...Object.values(things).flat(), ['#county', { rule: '全县', aspects: countyAspects(policy) }]]
}

function ruleAspects(rule: Rule, kindLabel: KindLabel): Aspects {
  const { label, kinds, level, groups, causes, stage, limit, reminders, ladder, repeat, watch } = rule
  const aspects = {
    label: ['名称', label],
    kinds: ['种类', kinds.map(kindLabel).join('、')],
    level: ['等级', level === undefined ? '不分' : LEVEL_LABELS[level]],
    groups: ['重点人群', groups ? categoryWords({ groups }) : '不分'],
    causes: ['致贫返贫因素', causes ? categoryWords({ causes }) : '不分'],
    stage: ['环节', STAGE_LABELS[stage]],
    limit: ['时限', limitWords(limit)],
    reminders: ['提醒', reminders.map(reminderWords).join('、') || '无'],
    ladder: ['督办', ladder.map((rung) => rungWords(rung)).join(';') || '无'],
    repeat: ['重复督办', repeat ? repeatWords(repeat) : '无'],
    watch: ['盯办', watch === 'individual' ? '逐件' : '合并'],
  } satisfies Record<Exclude<keyof Rule, 'code'>, [string, string]>
  return Object.fromEntries(Object.values(aspects))
}

function redoAspects(rules: readonly Rule[]): Aspects {
  const redo = rules.find(({ stage }) => stage === 'redo')
  return redo
    ? { 时限: limitWords(redo.limit), 提醒: redo.reminders.map(reminderWords).join('、') || '无' }
    : {}
}

function approvingAspects({
  approvers,
  most,
  beyond,
  ...rest
}: Approving & { reminders?: Reminder[] }): Aspects {
  const approver = ({ levels, upTo, roles }: Approving['approvers'][number]) =>
    `${levels ? levels.map((level) => LEVEL_LABELS[level]).join('、') : ''}${upTo ? `前 ${upTo} 次` : ''}由${rolesWords(roles)}批`
  return {
    审批: approvers.map(approver).join(';'),
    每件最多: `${most.times} 次、${most.workingDays} 个工作日`,
    超出后: `由${rolesWords(beyond)}决定`,
    ...(rest.reminders && { 提醒: rest.reminders.map(reminderWords).join('、') || '无' }),
  }
}

function extensionAspects(policy: PolicyContent): Aspects {
  const { answer, ...approving } = extensionRulesOf(policy)
  return { ...approvingAspects(approving), ...answerAspects(answer) }
}

function answerAspects({ workingDays, reminders, ladder, repeat }: Answer): Aspects {
  return {
    答复时限: `${workingDays} 个工作日`,
    答复提醒: reminders.map(reminderWords).join('、') || '无',
    不答复: ladder.map((rung) => rungWords(rung)).join(';') || '无',
    重复督办: repeat ? repeatWords(repeat) : '无',
  }
}

function fileAspects({ changes }: PolicyContent): Aspects {
  const { withoutNumber, ...rules } = changes ?? {}
  const said = Object.entries(rules) as [ChangeCode, 'apply' | 'ask'][]
  return {
    ...Object.fromEntries(
      said.map(([code, how]) => [CHANGE_LABELS[code], how === 'apply' ? '直接更新' : '先问']),
    ),
    ...(withoutNumber && { 没有号码的户: WITHOUT_NUMBER_LABELS[withoutNumber] }),
  }
}

type CountyPart = 'name' | 'example' | 'standing' | 'deferral' | 'monitoring' | 'standingCheck' | 'override'

function countyAspects(policy: Pick<PolicyContent, CountyPart>): Aspects {
  const { name, example, standing, deferral, monitoring, standingCheck, override } = policy
  const mails = ({ urgentOfficeMinutes, rounds }: NonNullable<typeof deferral>) =>
    `紧急的 ${urgentOfficeMinutes} 分钟、其余 ${rounds} 批`
  const aspects = {
    name: ['名称', name],
    example: ['性质', example ? '示例' : '本县规则'],
    standing: ['每周概览', standing ? rolesWords(standing.roles) : '不发'],
    deferral: ['退信时限', deferral ? mails(deferral) : '无'],
    monitoring: ['监测走访', monitoring ? `每 ${monitoring.everyDays} 天` : '无'],
    standingCheck: ['每日核对', standingCheck ? rolesWords(standingCheck.roles) : '不发'],
    override: ['放行通知', override ? rolesWords(override.roles) : '不发'],
  } satisfies Record<CountyPart, [string, string]>
  return Object.fromEntries(Object.values(aspects))
}
