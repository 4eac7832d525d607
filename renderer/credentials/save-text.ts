/** Hands a text over as a file: a browser puts it where downloads go. */
export function saveText(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has read it by then; there is no event that says so.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
