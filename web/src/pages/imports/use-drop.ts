import { onMounted, onUnmounted, type Ref, ref } from 'vue'

/**
 * Takes a file that is dropped anywhere on the page, or on one part of it: what is meant for another part is not taken
 * (shell/keep-files-out.ts).
 * @param part where only a part takes files @returns whether one hovers above it
 */
export function useDrop(
  take: (files: readonly File[]) => void,
  part?: () => HTMLElement | null,
): Ref<boolean> {
  const hovers = ref(false)
  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
  const isMeant = ({ target }: DragEvent) => !part || (part()?.contains(target as Node) ?? false)
  const over = (event: DragEvent) => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    hovers.value = isMeant(event)
    if (hovers.value && event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
  }
  const leave = (event: DragEvent) => {
    if (event.relatedTarget === null) hovers.value = false
  }
  const drop = (event: DragEvent) => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    hovers.value = false
    if (isMeant(event)) take([...(event.dataTransfer?.files ?? [])])
  }
  onMounted(() => {
    addEventListener('dragover', over)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
  })
  onUnmounted(() => {
    removeEventListener('dragover', over)
    removeEventListener('dragleave', leave)
    removeEventListener('drop', drop)
  })
  return hovers
}
