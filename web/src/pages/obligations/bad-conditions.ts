import type { Fault } from '../../api/problem.ts'

/** Where a refusal says which part of an address it is about. */
const IN_ADDRESS = '/querystring/'

/** The conditions of an address that the service does not know, by their names, each once and with why; none where the refusal is about something else. */
export function badConditions(faults: readonly Pick<Fault, 'pointer' | 'message'>[]): Map<string, string> {
  return new Map(
    faults.flatMap(({ pointer, message }) =>
      pointer.startsWith(IN_ADDRESS) ? [[pointer.slice(IN_ADDRESS.length).split('/')[0] ?? '', message]] : [],
    ),
  )
}
