import { useQuery } from '@tanstack/vue-query'
import type { Ref } from 'vue'
import { api, bodyFrom } from '../../api/client.ts'

const askHousehold = (id: string) => bodyFrom(api.GET('/v1/households/{id}', { params: { path: { id } } }))
export type Household = Awaited<ReturnType<typeof askHousehold>>

/** Everything of the household behind one of its items. Asked for once somebody wants to see it. */
export const useHouseholdOf = (item: string, wanted: Ref<boolean>) =>
  useQuery({
    queryKey: ['obligation', item, 'household'],
    queryFn: () => askHousehold(item),
    enabled: wanted,
  })

export const householdKey = (id: Ref<string> | string) => ['roster', 'story', id] as const

/** The same of a household of the roster, or of an item. No device keeps it. */
export const useHousehold = (id: Ref<string>) =>
  useQuery({ queryKey: householdKey(id), queryFn: () => askHousehold(id.value) })
