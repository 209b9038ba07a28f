export function keptFile(name: string, inputs?: readonly string[]): string
