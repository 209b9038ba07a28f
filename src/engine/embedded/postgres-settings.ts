const ALWAYS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  // No socket: its path is limited to some hundred characters, and everybody here speaks TCP.
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  wal_compression: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  // Statements and the details of errors can carry what is personal: never into a log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

/** A crash may lose data: tests only. */
const CARELESS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/** The server's settings as arguments. */
export function postgresSettings(careless: boolean): string[] {
  const given = careless ? { ...ALWAYS, ...CARELESS } : ALWAYS
  return Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
