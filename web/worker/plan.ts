/**
 * What the worker does with a request of the app.
 * - `page`: the app's one page, from this device; the network is asked only where it is not kept.
 * - `file`: a file whose name changes with its content, from this device.
 * - `answer`: from the network, and without one as it was last kept.
 * - `session`: who is signed in changes, so that what is kept is forgotten.
 * - `network`: none of the worker's business.
 */
export type Plan = 'page' | 'file' | 'answer' | 'session' | 'network'
export type Asked = { method: string; path: string; navigates: boolean }

/**
 * What an officer reads on the way: households masked, words about them as the page shows them. What is revealed, files, mails
 * and audit are never kept.
 */
const KEPT_ANSWERS =
  /^\/v1\/(me|home|inboxes|overview|campaigns(\/[^/]+\/timeline)?|obligations(\/count|\/(?!export\.csv$)[^/]+(\/(receipt|story|possible-actions))?)?)$/

export function planOf({ method, path, navigates }: Asked): Plan {
  // A new password signs in as well.
  if (path === '/v1/session' || path === '/v1/passwords') return method === 'GET' ? 'network' : 'session'
  if (method !== 'GET') return 'network'
  if (path.startsWith('/app/assets/')) return 'file'
  if (navigates) return path === '/app' || path.startsWith('/app/') ? 'page' : 'network'
  return KEPT_ANSWERS.test(path) ? 'answer' : 'network'
}
