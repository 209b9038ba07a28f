import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where what can be fetched or built again is kept, outside the repository: one folder for the user. */
export function userCache(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'duban')
}
