/** Whether a column is taken for the name though it may be somebody else's: the head of the household is not always the person warned of. */
export function isHeadOfHousehold({ name, field }: { name: string; field: string | null }): boolean {
  return field === 'name' && /户主|家长/.test(name)
}
