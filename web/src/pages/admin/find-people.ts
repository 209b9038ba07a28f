import type { User } from './use-people.ts'

/** Those whose name, address or office has the text, wherever it stands and however it is written. */
export function findPeople(
  users: readonly User[],
  text: string,
  officeNames: ReadonlyMap<string, string>,
): User[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return [...users]
  return users.filter(({ name, email, roles }) =>
    [name, email, ...roles.map(({ office }) => officeNames.get(office) ?? office)].some((words) =>
      words.toLowerCase().includes(wanted),
    ),
  )
}
