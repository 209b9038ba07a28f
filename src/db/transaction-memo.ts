const memos = new WeakMap<object, Map<string, Promise<unknown>>>()

/** From here on the client's transaction remembers what it reads once. */
export function beginMemo(client: object): void {
  memos.set(client, new Map())
}

export function endMemo(client: object): void {
  memos.delete(client)
}

/**
 * Reads once in a transaction what it asks for many times, such as its calendar. Outside of one it is read each time. Whoever
 * changes it, or waits for others who do, forgets it (`forgetRead`).
 */
export function readOnce<T>(sql: object, key: string, read: () => Promise<T>): Promise<T> {
  const memo = memos.get(sql)
  if (!memo) return read()
  const known = memo.get(key) as Promise<T> | undefined
  if (known) return known
  const value = read()
  memo.set(key, value)
  // A read that failed is made anew: behind a savepoint the transaction goes on.
  value.catch(() => memo.delete(key))
  return value
}

export function forgetRead(sql: object, key: string): void {
  memos.get(sql)?.delete(key)
}
