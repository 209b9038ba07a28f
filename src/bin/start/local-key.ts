import { addApiKey, hashKey, setKeyPermissions } from '../../services/access/api-keys-store.ts'
import { newId } from '../../db/ids.ts'
import type { Pool } from '../../db/pool.ts'
import { offices } from '../../db/schema/index.ts'
import { columns, selectRow } from '../../db/select-columns.ts'
import type { Permission } from '../../domain/people/permissions.ts'
import type { DataDir } from '../../engine/embedded/data-dir.ts'
import type { Config } from '../config/config-schema.ts'

/** All that scripts on this machine need; a household's data in the clear, and what a leader decides, is for people with a reason alone. */
const PERMISSIONS: readonly Permission[] = [
  'obligations:read',
  'obligations:act',
  'obligations:review',
  'obligations:register',
  'obligations:manage',
  'notes:read',
  'campaigns:read',
  'campaigns:manage',
  'imports:read',
  'imports:manage',
  'deadlines:read',
  'mails:read',
  'directory:read',
  'calendar:read',
  'policies:read',
  'audit:read',
]

/**
 * In trial mode the launcher keeps one key in its data directory (mode 0600) for scripts and `duban import`; in
 * production keys are made by `duban api-key add` or the administrator.
 */
export async function localKey(config: Config, data: DataDir, owner: Pool): Promise<string> {
  const token = config.DUBAN_TOKEN ?? (config.DUBAN_MODE === 'trial' ? data.secret('token', 24) : '')
  const first = 'from offices o order by length(code), code limit 1'
  const root = await selectRow(owner, columns(offices, 'o', ['code']), first)
  if (config.DUBAN_MODE !== 'trial' || !root) return token
  const key = {
    id: newId('ak_local'),
    prefix: 'local',
    secretHash: hashKey(token),
    name: '本机令牌',
    office: root.code,
    permissions: [...PERMISSIONS],
    personal: true,
    createdBy: 'launcher',
    createdWall: Date.now(),
    expiresWall: null,
  }
  if (!(await addApiKey(owner, key))) await setKeyPermissions(owner, key.secretHash, key)
  return token
}
