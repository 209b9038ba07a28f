/** One line: a field that brought its own line break could forge a line of the digest. */
export function flat(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
}

/** @throws TypeError for anything but a web address: a link of a mail leads to the dashboard, nowhere else */
export function webUrl(url: string): string {
  if (!/^https?:$/.test(new URL(url).protocol)) throw new TypeError('a link in a mail must be http or https')
  return url
}
