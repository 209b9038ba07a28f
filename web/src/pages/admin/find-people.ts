import type { User } from './use-people.ts'

/** Those whose name, address or office has every word, wherever it stands and however it is written. */
export function findPeople(
  users: readonly User[],
  text: string,
  officeNames: ReadonlyMap<string, string>,
): User[] {
  const wanted = text.toLowerCase().split(/\s+/)
  return users.filter(({ name, email, roles }) => {
    const offices = roles.map(({ office }) => officeNames.get(office) ?? office)
    const known = [name, email, ...offices].join(' ').toLowerCase()
    return wanted.every((word) => known.includes(word))
  })
}
