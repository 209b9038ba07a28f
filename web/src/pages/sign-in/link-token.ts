/** Mails carry the secret behind the #; those of earlier releases in the query. */
export function tokenIn(hash: string, query: unknown): string {
  const behind = new URLSearchParams(hash.replace(/^#/, '')).get('token')
  return behind ?? (typeof query === 'string' ? query : '')
}
