import { onMounted, onUnmounted, type Ref, ref } from 'vue'

/** Takes a file that is dropped anywhere on the page. @returns whether one hovers above it */
export function useDrop(take: (files: readonly File[]) => void): Ref<boolean> {
  const hovers = ref(false)
  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
  const over = (event: DragEvent) => {
    if (!carriesFiles(event)) return
    // Else the browser leaves the app and opens the file.
    event.preventDefault()
    hovers.value = true
  }
  const leave = (event: DragEvent) => {
    if (event.relatedTarget === null) hovers.value = false
  }
  const drop = (event: DragEvent) => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    hovers.value = false
    take([...(event.dataTransfer?.files ?? [])])
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
