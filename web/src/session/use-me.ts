import { useQuery } from '@tanstack/vue-query'
import { ref } from 'vue'
import { ANSWERS } from '../../worker/kept-names.ts'
import { forgetAhead } from '../ahead/held.ts'
import { api, bodyFrom } from '../api/client.ts'
import { queryClient } from '../api/query.ts'
import { noteToday } from '../parts/days.ts'
import { keepApp } from './kept-answers.ts'
import { dropOldDrafts } from './draft.ts'
import { dropKept } from './forget.ts'
import { noteSignedIn } from './signed-in.ts'

const KEY = ['me']

export type Me = Awaited<ReturnType<typeof askMe>>

/** Another person's drafts on this device end when somebody is known. */
async function askMe() {
  const before = queryClient.getQueryData<{ id: string }>(KEY)
  const me = await bodyFrom(api.GET('/v1/me'))
  if (before && before.id !== me.id) {
    noteSignedIn(null)
    await forgetOther()
  }
  dropOldDrafts(me.id)
  // Signing out took the app off the device.
  keepApp()
  noteSignedIn(me)
  noteToday(me.clock.today)
  return me
}

const FRESH_MS = 60_000

/** How it is asked who is signed in. */
export const askedMe = { queryKey: KEY, queryFn: askMe, staleTime: FRESH_MS }

/** Who is signed in, what they may do and which offices they see. */
export function useMe() {
  return useQuery(askedMe)
}

/** The same outside a component, asked once. It throws a Problem with status 401 for a stranger. */
export function findMe(): Promise<Me> {
  return queryClient.ensureQueryData(askedMe)
}

/** How often everything was forgotten. */
const forgotten = ref(0)

/** Whether somebody is known to have signed in, without asking: a stranger's page need not be refused first. */
export function isMeKnown(): boolean {
  // Pages that show it show it anew.
  void forgotten.value
  return queryClient.getQueryData(KEY) !== undefined
}

/** Forgets all answers, and files that were held: another person sees other things. */
export function forgetMe(): void {
  noteSignedIn(null)
  void forgetHeld()
  queryClient.clear()
  forgotten.value += 1
}

/** Somebody else has signed in on this device: whatever the page shows of the person before is gone and asked for anew. */
async function forgetOther(): Promise<void> {
  await forgetHeld()
  void queryClient.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY[0] })
}

/** What the worker keeps too: it does not see what is asked on a page that passes it by, and not every browser clears it when told to. */
async function forgetHeld(): Promise<void> {
  dropKept()
  forgetAhead()
  // Over http browsers keep nothing, and say so by an error in a private window.
  await globalThis.caches?.delete(ANSWERS).catch(() => false)
}
