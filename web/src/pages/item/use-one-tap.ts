import { computed } from 'vue'
import { asProblem } from '../../api/query.ts'
import { keyAfter, newSendKey } from '../../api/send-key.ts'
import { useAct } from './use-actions.ts'

/** An action that needs no form: pressed twice, or sent again without an answer, it is done once. */
export function useOneTap(id: string) {
  const act = useAct(id)
  let key = newSendKey()
  function doIt(action: string, version: number, onDone: () => void): void {
    const onSuccess = () => {
      // Taken back and done anew, it is another.
      key = newSendKey()
      onDone()
    }
    const onError = (error: Error) => void (key = keyAfter(error, key))
    act.mutate({ action, fields: {}, version, key }, { onSuccess, onError })
  }
  return {
    doIt,
    busy: act.isPending,
    waits: act.isPaused,
    problem: computed(() => (act.error.value ? asProblem(act.error.value) : null)),
  }
}
