/** The same characters as an input method for Chinese types them when it is in full width. */
export function fullWidth(text: string): string {
  const wide = (c: string) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)
  return text.replace(/[!-~]/g, wide).replaceAll(' ', '\u3000')
}
