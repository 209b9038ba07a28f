import { z } from 'zod'
import { PERMISSIONS, type Permission } from '../../domain/people/permissions.ts'
import { instant } from './common.ts'

/** What a dashboard may be allowed: reading. Keys that act are made on the server (`duban api-key add`). */
export const KEY_PERMISSIONS = [
  'obligations:read',
  'deadlines:read',
  'mails:read',
  'campaigns:read',
  'imports:read',
  'directory:read',
  'calendar:read',
  'policies:read',
] as const satisfies readonly Permission[]
export const CLI_KEY_PERMISSIONS = [
  ...KEY_PERMISSIONS,
  'obligations:act',
  'imports:manage',
  'mails:manage',
] as const satisfies readonly Permission[]

/** A key nobody remembers should end by itself. */
export const MAX_KEY_DAYS = 730

export const apiKey = z.object({
  id: z.string(),
  prefix: z.string(),
  name: z.string(),
  office: z.string(),
  permissions: z.array(z.string()),
  personal: z.boolean(),
  createdBy: z.string(),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
  labels: z.record(z.string(), z.string()),
})
export const newApiKey = z.strictObject({
  name: z.string().trim().min(1).max(100),
  office: z.string().min(1).max(200).describe('看到这个单位及其下级'),
  permissions: z.array(z.enum(KEY_PERMISSIONS)).min(1).max(KEY_PERMISSIONS.length),
  personal: z.boolean().default(false).describe('可以看到脱敏后的户信息'),
  days: z.number().int().min(1).max(MAX_KEY_DAYS).default(365).describe('有效天数'),
})
export const madeApiKey = apiKey.extend({ token: z.string().describe('只显示这一次') })
export const labelsOf = (permissions: readonly string[]): Record<string, string> =>
  Object.fromEntries(permissions.map((p) => [p, PERMISSIONS[p as Permission] ?? p]))
