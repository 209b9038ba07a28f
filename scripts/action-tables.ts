// Writes the tables of states and actions in docs/rules.md from the rules that decide (src/domain/obligation/actions.ts). Run it
// (npm run docs:actions) when an action changes; tests/docs/rules.test.ts counts both tables anew and fails until then.
import { readFileSync, writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import {
  ACTION_BY_LABELS,
  ACTION_FIELDS,
  type ActionCode,
  ACTIONS,
  actionRule,
} from '../src/domain/obligation/actions.ts'
import { UNDO_MINUTES } from '../src/domain/obligation/undo-minutes.ts'
import { codesOf, STAGE_LABELS, STATE_LABELS } from '../src/domain/obligation/vocabulary.ts'

const TO = { ...STATE_LABELS, before: '暂停以前的', earlier: '撤回以前的' }
const BEGINS = { ...STAGE_LABELS, before: '暂停的那一段' }
const CODES = codesOf(ACTIONS)
const code = (text: string) => `\`${text}\``

const states = [
  ['状态', ...CODES],
  ...codesOf(STATE_LABELS).map((state) => [
    code(state),
    ...CODES.map((action) => (actionRule(action).from.includes(state) ? '✓' : '')),
  ]),
]

const actions = [
  ['动作', '名称', '谁', '权限', '写什么', '之后的状态', '接着开始', '反过来', '可撤回'],
  ...CODES.map(actionRow),
]

function actionRow(action: ActionCode): string[] {
  const { label, by, permission, fields, to, begins, inverse, undoable } = actionRule(action)
  const written = fields.map(
    (field) => `${ACTION_FIELDS[field].label}${ACTION_FIELDS[field].missing ? '(必填)' : ''}`,
  )
  return [
    ...[code(action), label, ACTION_BY_LABELS[by], code(permission), written.join('、')],
    ...[to === null ? '不变' : TO[to], begins === null ? '' : BEGINS[begins]],
    ...[inverse === null ? '' : code(inverse), undoable ? `${UNDO_MINUTES} 分钟内` : ''],
  ]
}

/** In the place of the table whose first column has the same head. @throws Error where there is none */
function replaced(lines: readonly string[], [heads = [], ...body]: string[][]): string[] {
  const at = lines.findIndex((line) => new RegExp(`^\\| *${heads[0]} *\\|`).test(line))
  if (at < 0) throw new Error(`docs/rules.md has no table of ${heads[0]}`)
  const length = lines.slice(at).findIndex((line) => !line.startsWith('|'))
  const table = [heads, heads.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`)
  return [...lines.slice(0, at), ...table, ...lines.slice(at + length)]
}

const file = new URL('../docs/rules.md', import.meta.url).pathname
const lines = readFileSync(file, 'utf8').split('\n')
const written = replaced(replaced(lines, states), actions).join('\n')
writeFileSync(file, await format(written, { ...(await resolveConfig(file)), parser: 'markdown' }))
