/** Thrown when somebody cancelled the import while its file was read, or another attempt took over from this one. */
export class ImportSuperseded extends Error {}

/** @throws ImportSuperseded when the update found the import in another state */
export async function orSuperseded(updated: Promise<boolean>): Promise<void> {
  if (!(await updated)) throw new ImportSuperseded()
}
