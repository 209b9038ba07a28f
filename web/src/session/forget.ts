const drops: (() => void)[] = []

/** For whatever a module keeps in memory of somebody's work: it is dropped once they are signed out. */
export function dropAtSignOut(drop: () => void): void {
  drops.push(drop)
}

/** Whoever signs in next on this page finds nothing of the person before. */
export function dropKept(): void {
  for (const drop of drops) drop()
}
