import type { StateColumn } from './columns.ts'
import type { FileColumn } from './file-columns.ts'
import { nameKey } from './column-names.ts'
import { compact } from './normalise.ts'

/** Words of what is withdrawn at its source or needs nobody any more. */
const OVER =
  /^(?:平台|预警|风险|线索|该|此)?(?:已经?|被)*(?:撤[销回]|作废|废止|取消|注销|失效|删除|误报|无效|办结|办理完[毕成结]|处[理置]完[毕成结]|完结|结案|销号|关闭|解除|消除|终止|核销|归档|(?<=已经?)(?:处[理置]|完成|结束|销))(?:了|风险|预警)?$/
/** Words of what is still to be done; they tell a column of states whatever its name is. */
const GOING_ON =
  /^(?:有效|生效中?|正常|新(?:增|发|建)?|待.{2,4}|未.{2,4}|(?:正在)?.{2}中|进行中|已(?:发布|下发|推送|签收|接收|受理|读|分派|派发))$/
const STATE_NAME = /状态$/
/** A state of the household or of one of its members. */
const OF_THE_HOUSEHOLD =
  /健康|婚姻|就业|就学|务工|身体|住房|户籍|户口|残疾|劳动|在校|学籍|参保|低保|医保|社保|保险|缴费|待遇|救助|享受|生存|证|企业|账户|人员|合同/
const IS_OVER =
  /^是否(?:已经?|被)?(?:撤[销回]|作废|失效|删除|取消|办结|关闭|完结|结案|解除|消除|销号|误报)(?:了|风险|预警)?$/
const IS_VALID = /^是否(?:仍然?|还)?有效/
const YES = /^(?:是|已|Y|YES|TRUE|1|√|✓|✔|对)$/i
const NO = /^(?:否|不是|不|N|NO|FALSE|0|×|✗|✘|X)$/i
const NEARLY_ALL = 0.9

/** How a column tells what has become of a warning; undefined for one that does not. */
export function stateColumnOf({ index, name, key, cells }: FileColumn): StateColumn | undefined {
  const column = (asks: StateColumn['asks']) => ({ at: index, name, asks })
  const last = key.split('/').at(-1) ?? key
  if (OF_THE_HOUSEHOLD.test(last)) return undefined
  if (IS_OVER.test(last)) return column('is-over')
  if (IS_VALID.test(last)) return column('is-valid')
  if (STATE_NAME.test(nameKey(last)) || holdsStates(cells)) return column('state')
  return undefined
}

/** Whether a column holds nothing but states, by their words. A sorted file may have those that are over last. */
function holdsStates(cells: readonly string[]): boolean {
  const words = cells.map(compact).filter((word) => word !== '')
  const states = words.filter((word) => OVER.test(word) || GOING_ON.test(word))
  return words.length > 0 && states.length >= words.length * NEARLY_ALL
}

/** The state that a cell gives, where it says that the warning needs nobody any more: 已撤销; '' for any other. */
export function overWord({ name, asks }: StateColumn, cell: string): string {
  const word = compact(cell)
  if (asks === 'state') return OVER.test(word) ? word : ''
  const over = asks === 'is-over' ? YES.test(word) : NO.test(word)
  return over || OVER.test(word) ? `${name}:${word}` : ''
}
