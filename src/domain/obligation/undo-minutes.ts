/** How long whoever did something may take it back. */
export const UNDO_MINUTES = 10
