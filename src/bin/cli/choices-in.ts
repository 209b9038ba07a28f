/** The codes of an option with what they mean: `audit 审计、self-check 自查`. */
export function choicesIn(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map((pair) => pair.join(' '))
    .join('、')
}
