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

type CalendarDay = CalendarYear['days'][number]

/** A day off that is no weekend, or a weekend that is worked. */
export function markOf({ working, reason }: CalendarDay): 'free' | 'madeUp' | null {
  if (reason === 'weekday' || reason === 'weekend') return null
  return working ? 'madeUp' : 'free'
}

/** Neighbouring days of one name, mark and document. */
export type Arrangement = {
  from: string
  to: string
  mark: 'free' | 'madeUp'
  name: string | undefined
  source: string | undefined
}

/** What differs from plain weeks, in the order of the year. */
export function arrangementsOf(days: readonly CalendarDay[]): Arrangement[] {
  const found: Arrangement[] = []
  let isNext = false
  for (const day of days) {
    const mark = markOf(day)
    const last = found[found.length - 1]
    const joins = isNext && last?.mark === mark && last.name === day.name && last.source === day.source
    if (joins) last.to = day.day
    else if (mark) found.push({ from: day.day, to: day.day, mark, name: day.name, source: day.source })
    isNext = mark !== null
  }
  return found
}
