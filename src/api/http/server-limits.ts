/** How long a slow client may hold a connection. Without these a few hundred idle sockets would hold everybody up. */
export const SERVER_LIMITS = {
  /** The whole request, an upload of 64 MB over a slow line included. */
  requestTimeout: 120_000,
  /** Longer than a proxy keeps its side open (60 s is common), so that it is never us who closes first. */
  keepAliveTimeout: 72_000,
  /** A socket on which nothing moves; answers take seconds at most. */
  connectionTimeout: 130_000,
  http: {
    /** All headers: a person's browser sends them in one piece. */
    headersTimeout: 10_000,
    /** How often the two limits above are looked at. */
    connectionsCheckingInterval: 2_000,
    maxHeaderSize: 16 * 1024,
  },
} as const
