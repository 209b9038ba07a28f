import { Problem } from '../../api/problem.ts'

export type Unsent = { name: string; why: string }

/**
 * Sends files one after another; one that fails keeps none of the others back. The API refuses the same file twice, so what
 * is there already was sent.
 * @returns those that were not taken, and why
 */
export async function sendAll(
  files: readonly File[],
  send: (file: File) => Promise<unknown>,
  tell: (error: unknown) => string,
): Promise<Unsent[]> {
  const unsent: Unsent[] = []
  for (const file of files)
    try {
      await send(file)
    } catch (error) {
      if (!isThere(error)) unsent.push({ name: file.name, why: tell(error) })
    }
  return unsent
}

function isThere(error: unknown): boolean {
  return error instanceof Problem && error.status === 409 && error.code === 'exists'
}
