import type { AccountAction } from '../../services/access/administering.ts'
import type { RoleGrant } from '../../services/people/users.ts'
import { quietDaysWords } from '../../domain/people/quiet-days.ts'
import { isOversightRole } from '../../domain/people/permissions.ts'
import type { Day } from '../../domain/time/days.ts'
import { ROLE_LABELS, type Role } from '../../domain/obligation/vocabulary.ts'
import type { Changed, Shown } from '../people/accounts.ts'

export type Deed = AccountAction | ({ action: 'add' } & RoleGrant)
/** Names of offices by their codes. */
export type Places = ReadonlyMap<string, string>
type Post = { office: string; role: Role }
/** `away`: who is absent today. */
type Known = { all: readonly Shown[]; places: Places; today: Day; away: ReadonlySet<string> }

/** What was done, in words. */
export function doneWords(changed: Changed, deed: Deed, places: Places): string {
  return `${deedWords(changed, deed, places)}${linkWords(changed)}`
}

function deedWords(changed: Changed, deed: Deed, places: Places): string {
  const { name, roles, hasPassword } = changed
  switch (deed.action) {
    case 'add':
      return `已新建 ${name}(${postWords(deed, places)}${termWords(deed)})。`
    case 'grant-role':
      return `已授予 ${name} ${postWords(deed, places)}${termWords(deed)}。`
    case 'take-role':
      return `已收回 ${name} 的 ${postWords(deed, places)}。${leavesWork(roles, deed) ? '名下这个单位的未办结事项转回单位经办。' : ''}`
    case 'change-contact':
      return `已保存联系方式:${contactWords(changed)}。`
    case 'disable':
      return `已停用 ${name}:不能再登录,也不再收到提醒。${worksOn(roles) ? '名下未办结事项转回单位经办,救助中心会收到通知。' : ''}`
    case 'enable':
      return `已恢复 ${name}:可以登录,重新收到提醒;停用时转回单位的事项不会自动转给他。`
    case 'reset':
      return hasPassword ? `${name} 现在的密码在他设置新密码之前仍然有效。` : `${name} 还没有密码。`
    case 'drop-second-factor':
      return `已关闭 ${name} 的两步验证,并结束其全部登录;下次只用密码登录。`
  }
}

function contactWords({ name, email, phone, quietDays }: Changed): string {
  const quiet = quietDaysWords(quietDays)
  return [name, email, phone === null ? '' : `电话 ${phone}`, quiet === '' ? '' : `免打扰日 ${quiet}`]
    .filter(Boolean)
    .join(',')
}

function linkWords({ email, linkMailed }: Changed): string {
  if (linkMailed === null) return ''
  return linkMailed
    ? `设置密码的链接已发到 ${email}。`
    : '但邮件服务器没有收下设置密码的链接,请稍后点“重设密码”再发一次。'
}

/** What disabling somebody will do, before it is done. */
export function disableWarning(user: Shown, known: Known): string {
  const held = user.roles.filter((post) => holdsPost(user, post, known.today))
  const posts = held.filter(({ role }) => !isOversightRole(role))
  const obligations = posts.map((post) => successorWords(user, post, known)).join('')
  const handed = worksOn(user.roles) ? `名下未办结事项转回单位经办,救助中心会收到通知。${obligations}` : ''
  return `${user.name} 将立即退出登录,不能再登录,也不再收到提醒。${handed}以后可以恢复。`
}

/** What taking a role away will do, before it is done. */
export function takeWarning(user: Shown, post: Post, known: Known): string {
  const left = user.roles.filter((r) => r.office !== post.office || r.role !== post.role)
  const handed = leavesWork(left, post) ? '名下这个单位的未办结事项转回单位经办。' : ''
  const successors = isOversightRole(post.role) ? '' : successorWords(user, post, known)
  return `${user.name} 不再有这个角色的权限。${handed}${successors}`
}

/** Who else holds the same role today. */
function successorWords(user: Shown, post: Post, { all, places, today, away }: Known): string {
  const others = all.filter((u) => u.id !== user.id && u.active && holdsPost(u, post, today))
  const [there, absent] = [others.filter(({ id }) => !away.has(id)), others.filter(({ id }) => away.has(id))]
  const what = postWords(post, places)
  if (there.length > 0) return `${what}还有 ${someOf(there)}。`
  return absent.length > 0
    ? `${what}另外只有离岗的 ${someOf(absent)}:请先安排接手的人。`
    : `${what}没有别人:请先安排接手的人,否则提醒由上一级收到。`
}

const NAMED = 5

function someOf(people: readonly Shown[]): string {
  const names = people.map(({ name }) => name)
  const rest = names.length > NAMED ? `等 ${names.length} 人` : ''
  return `${names.slice(0, NAMED).join('、')}${rest}`
}

function holdsPost({ roles }: Shown, { office, role }: Post, today: Day): boolean {
  return roles.some(
    (r) =>
      r.office === office &&
      r.role === role &&
      (r.from === null || r.from <= today) &&
      (r.until === null || today <= r.until),
  )
}

function worksOn(roles: Shown['roles']): boolean {
  return roles.some(({ role }) => !isOversightRole(role))
}

/** Without a role in an office they hold nothing of it (src/services/offboarding/queue.ts). */
function leavesWork(left: Shown['roles'], { office, role }: Post): boolean {
  return !isOversightRole(role) && !left.some((r) => r.office === office)
}

export function postWords({ office, role }: Post, places: Places): string {
  return `${places.get(office) ?? office} ${ROLE_LABELS[role]}`
}

export function termWords({
  from,
  until,
}: {
  from?: string | null | undefined
  until?: string | null | undefined
}): string {
  return `${from ? ` ${from} 起` : ''}${until ? ` 至 ${until}` : ''}`
}

export type UsersView = {
  /** The people that the search found. */
  users: readonly Shown[]
  all: readonly Shown[]
  q: string
  /** The counties the reader administers. */
  offices: readonly { code: string; name: string }[]
  places: Places
  /** The reader, whose own account another administrator manages. */
  self: string
  today: Day
  /** Who is absent today. */
  away: ReadonlySet<string>
  said: { good: boolean; words: string } | null
  /** Whose contact data the form shows; null: nobody's. */
  editing: Shown | null
  /** What was typed into a form that was refused. */
  typed: ({ form: 'new' | 'grant' | 'contact' } & Partial<Record<Field, string | undefined>>) | null
}
type Field = 'name' | 'email' | 'phone' | 'quiet' | 'person' | 'office' | 'role' | 'from' | 'until'
