import { basename } from 'node:path'

/** Writes a command as this user can type it. */
export type CommandLine = (args: string) => string

type Process = { env: Record<string, string | undefined>; argv: readonly string[] }

/**
 * A command as this user can type it: `npm run duban -- import 预警.csv` for whoever came by npm, `duban import 预警.csv`
 * where the program is installed, and the way it was started otherwise.
 */
export function commandLine(args: string, { env, argv }: Process = process): string {
  if (env.npm_lifecycle_event !== undefined) return `npm run duban -- ${args}`
  const program = argv[1] ?? ''
  return basename(program) === 'duban' ? `duban ${args}` : `node ${program} ${args}`
}

/** The same where the command goes on with the service of another data directory, or at another address. */
export function commandLineFor(data: string | undefined, url?: string): CommandLine {
  const where = [
    ...(data === undefined ? [] : ['--data', data]),
    ...(url === undefined ? [] : ['--url', url]),
  ]
  return (args) => commandLine([args, ...where].join(' '))
}
