import { useQuery } from '@tanstack/vue-query'
import { forgetAhead } from '../ahead/held.ts'
import { api, bodyFrom } from '../api/client.ts'
import { queryClient } from '../api/query.ts'
import { keepApp } from './kept-answers.ts'
import { dropOldDrafts } from './draft.ts'
import { dropKept } from './forget.ts'
import { noteSignedIn } from './signed-in.ts'

export type Me = Awaited<ReturnType<typeof askMe>>

/** Another person's drafts on this device end when somebody is known. */
async function askMe() {
  const me = await bodyFrom(api.GET('/v1/me'))
  dropOldDrafts(me.id)
  // Signing out took the app off the device.
  keepApp()
  noteSignedIn(me)
  return me
}

const KEY = ['me']
const FRESH_MS = 60_000

const asked = { queryKey: KEY, queryFn: askMe, staleTime: FRESH_MS }

/** Who is signed in, what they may do and which offices they see. */
export function useMe() {
  return useQuery(asked)
}

/** The same outside a component, asked once. It throws a Problem with status 401 for a stranger. */
export function findMe(): Promise<Me> {
  return queryClient.ensureQueryData(asked)
}

/** Whether somebody is known to have signed in, without asking: a stranger's page need not be refused first. */
export function isMeKnown(): boolean {
  return queryClient.getQueryData(KEY) !== undefined
}

/** Forgets all answers, and files that were held: another person sees other things. */
export function forgetMe(): void {
  noteSignedIn(null)
  dropKept()
  forgetAhead()
  queryClient.clear()
}
