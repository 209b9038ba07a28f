/** What becomes of a household in a file that has no identity number: registered with a remark, or refused. */
export const WITHOUT_NUMBER_LABELS = { register: '登记并备注', refuse: '不登记' } as const
export type WithoutNumber = keyof typeof WITHOUT_NUMBER_LABELS

/** The rule of a county; where its policy says nothing, the household is registered. */
export function withoutNumberOf({
  changes,
}: {
  changes?: { withoutNumber?: WithoutNumber } | null
}): WithoutNumber {
  return changes?.withoutNumber ?? 'register'
}
