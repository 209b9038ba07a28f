/**
 * A file that is dropped where nothing takes it stays outside: else the browser leaves the app, and what was typed with it, to open the
 * file. Whatever takes files says so after this (imports/use-drop.ts).
 */
export function keepFilesOut(page: Pick<Window, 'addEventListener'> = window): void {
  const keepOut = (event: DragEvent) => {
    const { dataTransfer, target } = event
    if (!dataTransfer?.types.includes('Files') || isFileInput(target)) return
    event.preventDefault()
    dataTransfer.dropEffect = 'none'
  }
  page.addEventListener('dragover', keepOut)
  page.addEventListener('drop', keepOut)
}

/** The browser itself puts the file in there. */
const isFileInput = (target: EventTarget | null) =>
  typeof HTMLInputElement !== 'undefined' && target instanceof HTMLInputElement && target.type === 'file'
