/** Puts what was fetched on the device, as if it had been downloaded. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The browser has it once the press was handled.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
