export const TEMPORAL_CLI_VERSION = '1.8.2'

/** What goes on while a server is fetched or built. Times of the wall clock in ms; `expectedSeconds` as measured on two cores. */
export type TemporalProgress = { message: string; startedAt: number; expectedSeconds: number }
export type Fetching = {
  env: NodeJS.ProcessEnv
  onProgress: (progress: TemporalProgress) => void
  /** Ends a download or a build that nobody waits for any more. */
  signal?: AbortSignal | undefined
}
