/** One part of the running system, as /readyz and the pages of the administration show it. */
export type Part = {
  name: string
  mode: string
  state: 'ready' | 'degraded' | 'starting' | 'building' | 'failed'
  detail?: string
  /** It runs, but an administrator has something to do: the detail says what. */
  attention?: boolean
  progress?: { message: string; startedAt: number; expectedSeconds: number }
}
