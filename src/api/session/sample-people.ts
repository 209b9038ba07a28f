import type { z } from 'zod'
import type { signInOptions } from '../../contract/api/own-session.ts'
import { samplePeople } from '../../services/people/persons.ts'
import { ROLE_LABELS } from '../../domain/obligation/vocabulary.ts'
import type { ApiDeps } from '../http/deps.ts'

type SamplePeople = z.infer<typeof signInOptions>['samplePeople']

/** Whom anybody may sign in as; nobody outside a demonstration on this machine. */
export async function readSamplePeople({
  demoSignIn,
  gate,
}: Pick<ApiDeps, 'demoSignIn' | 'gate'>): Promise<SamplePeople> {
  if (!demoSignIn) return []
  return (await samplePeople(gate)).map((person) => ({ ...person, label: ROLE_LABELS[person.role] }))
}
