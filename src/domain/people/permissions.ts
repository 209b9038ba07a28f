import type { Role } from '../obligation/vocabulary.ts'

/** Every permission, with the words in which pages show it. */
export const PERMISSIONS = {
  'obligations:read': '查看督办事项',
  'obligations:act': '承办:签收、提交',
  'obligations:review': '复核:通过、退回',
  'obligations:register': '登记事项',
  'obligations:manage': '撤销、重启',
  'obligations:waive': '特批办结(须写明原因)',
  'notes:read': '查看办理说明',
  'households:reveal': '查看户的完整信息(须说明理由)',
  'campaigns:read': '查看行动',
  'campaigns:manage': '建立和结束行动',
  'gates:override': '放行:还有未办结事项时关闭阶段、结束行动(须写明理由)',
  'imports:read': '查看导入',
  'imports:manage': '导入和撤回',
  'hits:import': '登记本单位数据比对的命中名单',
  'deadlines:read': '查看时限',
  'mails:read': '查看邮件',
  'mail:open': '开放邮件',
  'mails:manage': '登记退信、重发暂停的邮件',
  'mails:resend': '重发没有送达的一封邮件',
  'directory:read': '查看单位和人员',
  'absences:manage': '登记他人的离岗和代理人',
  'calendar:read': '查看日历',
  'calendar:manage': '维护工作日历',
  'policies:read': '查看规则',
  'policies:manage': '发布规则、改按新规则',
  'users:manage': '管理人员账号',
  'keys:manage': '管理接口密钥',
  'audit:read': '查看审计记录',
  self: '管理自己的登录',
} as const
export type Permission = keyof typeof PERMISSIONS

const EVERYBODY: Permission[] = ['self', 'directory:read', 'calendar:read', 'policies:read']
const READS: Permission[] = ['obligations:read', 'deadlines:read', 'mails:read', 'campaigns:read']
/** Whoever performs a comparison brings its hits (R3, R4). */
const WORKS: Permission[] = ['obligations:act', 'notes:read', 'households:reveal', 'hits:import']

/** Calendars and policies: whoever changes them sees first what that does to the work of the county. */
const RULES: Permission[] = ['calendar:manage', 'policies:manage']

/**
 * Roles are data (R17): the administrator configures and sees no household; the auditor reads and changes
 * nothing.
 */
export const ROLE_PERMISSIONS: Record<Role, readonly Permission[]> = {
  'bureau-leader': [
    ...EVERYBODY,
    ...READS,
    ...WORKS,
    'obligations:review',
    'obligations:manage',
    'obligations:waive',
    'campaigns:manage',
    'gates:override',
    'imports:read',
    'absences:manage',
    ...RULES,
  ],
  'relief-centre': [
    ...EVERYBODY,
    ...READS,
    ...WORKS,
    'obligations:review',
    'obligations:register',
    'obligations:manage',
    'campaigns:manage',
    'imports:read',
    'imports:manage',
    'absences:manage',
    'mails:resend',
    ...RULES,
  ],
  'verification-centre': [...EVERYBODY, ...READS, ...WORKS, 'imports:read'],
  'town-head': [...EVERYBODY, ...READS, ...WORKS, 'imports:read', 'absences:manage'],
  'town-officer': [...EVERYBODY, ...READS, ...WORKS, 'imports:read', 'obligations:register'],
  auditor: [...EVERYBODY, ...READS, 'imports:read', 'audit:read'],
  administrator: [
    ...EVERYBODY,
    'users:manage',
    'keys:manage',
    'absences:manage',
    'mail:open',
    'mails:manage',
  ],
}

/** A role held in an office. `onBehalfOf` is the absent colleague in whose place it is held 代理. */
export type HeldRole = { office: string; role: Role; root: string; onBehalfOf: string | null }
export type Scope = { offices: string[]; counties: string[] }

/** Who acts, and what they may see and do. */
export type Actor = {
  kind: 'person' | 'key'
  id: string
  name: string
  sessionId: string | null
  heldRoles: HeldRole[]
  /** The held roles whose rights this session may use. The others wait for a second factor. */
  usableRoles: HeldRole[]
  permissions: ReadonlySet<Permission>
  /** Whether they may see households, masked. */
  personal: boolean
  scope: Scope
  /** Acts in every office, whatever the scope: who acts where nobody signed in does. */
  everywhere?: boolean
  secondFactor: boolean
  /** A trusted device whose sign-in is more than a working day ago. */
  aged?: boolean
}

/** What an aged session is told that wants more. */
export const SIGN_IN_AGAIN = '这台受信任的设备上,登录已超过 12 小时:这一步要先退出,再用密码登录一次。'

export function permissionsOf(heldRoles: readonly Pick<HeldRole, 'role'>[]): Set<Permission> {
  return new Set(heldRoles.flatMap((h) => ROLE_PERMISSIONS[h.role]))
}

/** What a key was granted, and what that includes: whoever imports any file imports hits. */
export function withIncluded(granted: readonly Permission[]): Set<Permission> {
  return new Set(granted.includes('imports:manage') ? [...granted, 'hits:import'] : granted)
}

/** Is the office the root, or below it? Both are paths of the form a.b.c. */
export function isUnder(office: string, root: string): boolean {
  return office === root || office.startsWith(`${root}.`)
}

/** The offices whose obligations somebody reads: those below the roots of their reading roles. */
export function readableOffices(heldRoles: readonly HeldRole[], offices: readonly string[]): string[] {
  const roots = heldRoles
    .filter((h) => ROLE_PERMISSIONS[h.role].includes('obligations:read'))
    .map((h) => h.root)
  return offices.filter((office) => roots.some((root) => isUnder(office, root)))
}

/**
 * May they do this in that office? A right holds in the tree of the role that gives it, and nowhere else. An API
 * key has its rights in its whole scope.
 */
export function mayIn(actor: Actor, permission: Permission, office: string): boolean {
  if (!actor.permissions.has(permission)) return false
  if (actor.kind === 'key') return true
  return actor.usableRoles.some(
    (h) => ROLE_PERMISSIONS[h.role].includes(permission) && isUnder(office, h.root),
  )
}

/** The counties of their scope where they have the permission. */
export function countiesWhere(actor: Actor, permission: Permission): string[] {
  return actor.scope.counties.filter((county) => mayIn(actor, permission, county))
}

type RoleIn = Pick<HeldRole, 'office' | 'role'>
/** Roles that supervise the others. They neither act on obligations nor see households. */
const OVERSIGHT: readonly Role[] = ['administrator', 'auditor']

export function isOversightRole(role: Role): boolean {
  return OVERSIGHT.includes(role)
}

/**
 * May they enter the absence of somebody who holds all these roles? They must reach every one of them. Only
 * administrators may for an oversight role, since a substitute comes to hold it.
 */
export function mayEnterAbsence(actor: Actor, held: readonly RoleIn[]): boolean {
  const needed = (role: Role) => (isOversightRole(role) ? 'users:manage' : 'absences:manage')
  return held.length > 0 && held.every(({ office, role }) => mayIn(actor, needed(role), office))
}

/** On whose behalf somebody is here when every role of theirs is a substitute's. */
export function presentOnBehalfOf(actor: Actor): string | null {
  const own = actor.heldRoles.some((h) => h.onBehalfOf === null)
  return own ? null : (actor.heldRoles.find((h) => h.onBehalfOf !== null)?.onBehalfOf ?? null)
}

/**
 * The only root somebody works under; undefined when there are several. A list that names it uses the index by
 * office.
 */
export function onlyRoot({ heldRoles }: Actor): string | undefined {
  const roots = new Set(heldRoles.map((h) => h.root))
  return roots.size === 1 ? [...roots][0] : undefined
}
