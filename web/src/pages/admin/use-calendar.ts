import { useMutation, useQuery } from '@tanstack/vue-query'
import { type MaybeRefOrGetter, toValue } from 'vue'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { queryClient } from '../../api/query.ts'

export type CalendarChange = operations['changeCalendar']['requestBody']['content']['application/json']
export type ChangeEffect = operations['changeCalendar']['responses']['200']['content']['application/json']
export type CalendarYear = operations['getCalendarYear']['responses']['200']['content']['application/json']

/** A year of an office, or of the whole county. */
export function useCalendarYear(year: MaybeRefOrGetter<number>, office: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['calendar', year, office],
    queryFn: () => {
      const code = toValue(office)
      const query = code === '' ? {} : { office: code }
      return bodyFrom(api.GET('/v1/calendar/{year}', { params: { path: { year: toValue(year) }, query } }))
    },
  })
}

/** What a change does, or the change itself. */
export function useCalendarChange() {
  return useMutation({
    mutationFn: ({ body, dryRun }: { body: CalendarChange; dryRun: boolean }) =>
      bodyFrom(
        api.POST('/v1/calendar/changes', { params: { query: { dryRun: dryRun ? 'true' : 'false' } }, body }),
      ),
    onSuccess: (_answer, { dryRun }) => (dryRun ? undefined : queryClient.invalidateQueries()),
  })
}

/** The days of a month as weeks of seven, with holes before the first and after the last. */
export function weeksOf(
  days: CalendarYear['days'],
  month: number,
): (CalendarYear['days'][number] | null)[][] {
  const theirs = days.filter(({ day }) => Number(day.slice(5, 7)) === month)
  const first = theirs[0]
  const before = first ? (new Date(`${first.day}T00:00:00Z`).getUTCDay() + 6) % 7 : 0
  const cells = [...Array.from({ length: before }, () => null), ...theirs]
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, i) => cells.slice(7 * i, 7 * i + 7))
}
