type Counted = { count: number }

/** Whether one's own work stands above the county's: of whoever leads where there is any, and of everybody else always. */
export function isMineFirst(
  leads: boolean,
  home: { mine?: Counted | null; toReview?: Counted | null } | undefined,
): boolean {
  return !leads || (home?.mine?.count ?? 0) + (home?.toReview?.count ?? 0) > 0
}
