/** What somebody typed into the search and what must not stand in an address. */
export type PersonalNumber = { idNo: string } | { phone: string }

/**
 * An identity number (18 characters, or 15 of old ones) or a mobile number, as a person has them; null for anything else. What a
 * platform numbers its warnings by seldom looks like it; such a number can still be searched for.
 */
export function personalNumber(text: string): PersonalNumber | null {
  const bare = text.replace(/[\s-]/g, '').toUpperCase()
  if (/^[1-9]\d{16}[\dX]$/.test(bare) || /^[1-9]\d{14}$/.test(bare)) return { idNo: bare }
  return /^1[3-9]\d{9}$/.test(bare) ? { phone: bare } : null
}
