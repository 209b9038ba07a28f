import { type Ref, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** The item in the address of the queue, which a link opens there. @returns which one is to be shown, and a way to keep the address with what is */
export function useReviewPlace(): {
  pinned: Ref<string | null>
  follow: (current: Ref<{ id: string } | undefined>, onOther: (at: string | null) => void) => void
} {
  const route = useRoute()
  const router = useRouter()
  const inAddress = () => (typeof route.query['at'] === 'string' ? route.query['at'] : null)
  const isHere = () => route.name === 'review'
  const pinned = ref(inAddress())

  function follow(current: Ref<{ id: string } | undefined>, onOther: (at: string | null) => void): void {
    watch(inAddress, (at) => {
      if (isHere() && at !== (current.value?.id ?? null)) onOther(at)
    })
    watch(
      [() => current.value?.id, inAddress],
      ([id, at]) => {
        if (isHere() && id !== undefined && id !== at)
          void router.replace({ query: { ...route.query, at: id } })
      },
      { immediate: true },
    )
  }
  return { pinned, follow }
}
