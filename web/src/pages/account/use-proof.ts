import { type ComputedRef, type Ref, computed, ref } from 'vue'
import { useMe } from '../../session/use-me.ts'
import type { Proof } from './use-account.ts'

/** A sample person has no password, and the API asks for no proof; the field must not be empty. */
const NO_PASSWORD = '-'

/** The fields with which somebody proves to be themselves, and what of them the API is sent. */
export function useProof(): {
  password: Ref<string>
  code: Ref<string>
  proof: ComputedRef<Proof>
  clear: () => void
} {
  const { data: me } = useMe()
  const password = ref('')
  const code = ref('')
  const proof = computed(() => ({
    password: me.value?.account?.hasPassword ? password.value : NO_PASSWORD,
    ...(code.value && { code: code.value }),
  }))
  return { password, code, proof, clear: () => (password.value = code.value = '') }
}
