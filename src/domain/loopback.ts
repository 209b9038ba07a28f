/** Is it an address only this machine reaches? Names other than localhost are not looked up: they count as reachable. */
export function isLoopback(host: string): boolean {
  return /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|\[::1\]|localhost)$/i.test(host)
}
