/** Every timeout and retry of the engine, each with its reason. Durations in the form Temporal reads. */

/** One transaction of a few statements; longer means the database is gone, and then trying again is all there is to do. */
export const TICK = {
  startToCloseTimeout: '20s',
  // Retried inside the workflow task first, so that a passing hiccup costs no history.
  localRetryThreshold: '10s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '20s' },
} as const

/** One pass over the outbox: at most a few hundred mails at the transport's pace; a dead worker shows by its heartbeat. */
export const DELIVER = {
  startToCloseTimeout: '10m',
  heartbeatTimeout: '20s',
  // The pass itself schedules the next attempt of each mail; this retry is for a lost worker or database.
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
} as const

/** A 64 MB file on a slow disk takes minutes; a retry reads it anew. What nothing mended in a day, an outage or a file that
 * ends its worker each time, is given up: somebody waits for it. */
export const FILE = {
  scheduleToCloseTimeout: '24h',
  startToCloseTimeout: '30m',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
} as const

/** How often work on a file shows that it lives: an old workbook is read as a whole before its first row. */
export const FILE_BEAT_MS = 5_000

/** Tries of a file where the fault is no outage: in 15 s of them every process has learned of a new key (engine/live-keyring.ts). */
export const FILE_TRIES = 5

/** Ten thousand obligations take two minutes; each chunk of fifty shows that it lives. What an outage interrupts goes on where it was. */
export const BULK = {
  scheduleToCloseTimeout: '24h',
  startToCloseTimeout: '30m',
  heartbeatTimeout: '60s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
} as const

/** Tries of a run where the fault is no outage: a fault of one obligation is its own answer, so this is one of the whole. */
export const BULK_TRIES = 5

/** How often a pass over the outbox shows that it lives: a slow server may hold one mail for longer than the timeout above. */
export const DELIVER_BEAT_MS = 5_000

/** A mail claimed by a worker that died is free again after this (wall time). */
export const MAIL_LEASE_MS = 60_000

/** Back-off of a mail that was greylisted or not taken: a minute first, then doubling to an hour (wall time). */
export const MAIL_RETRY = { firstMs: 60_000, factor: 2, maxMs: 3_600_000 } as const

/** The relay's poll when no notification arrives: only a lost LISTEN connection makes the poll needed. */
export const RELAY_POLL_MS = 1_000

/** Pauses of a loop while the database is away. Many processes must not all ask every second for hours; within ten seconds of
 * its return everything runs again. */
export const LOOP_BACK_OFF = { factor: 2, mostMs: 10_000 } as const

/** The watchdog's round, and how late a wake or an unanswered poke has to be for it to be called a gap. */
export const WATCHDOG = { everyMs: 60_000, overdueWakeMs: 120_000, unansweredMs: 60_000 } as const

/** How often what is left without an account is counted for `/metrics`: going through a county's roster takes a moment. */
export const ACCOUNTANT = { everyMs: 10 * 60_000 } as const

/** What happened is sealed within seconds: until then its deletion leaves no trace. `heldMs`: a transaction that runs
 * longer than this while events wait behind it is said. A mail of the day's seal that was not taken is tried for an hour. */
export const SEALER = {
  everyMs: 5_000,
  heldMs: 10 * 60_000,
  mailRetryMs: 5 * 60_000,
  mailAttempts: 12,
} as const

/** A check of the whole chain that somebody asked for begins within `everyMs`; one is made each day without being asked for. */
export const CHAIN_VERIFIER = { everyMs: 5_000, dailyMs: 86_400_000 } as const
