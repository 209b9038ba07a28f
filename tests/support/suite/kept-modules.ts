import { existsSync, readdirSync, rmSync } from 'node:fs'
import { keptFile } from '../../../scripts/kept.mjs'

/** Each changed file leaves one behind: the suite has some two thousand. */
const MOST_KEPT = 8_000

/**
 * Where vitest keeps modules in the form in which it runs them. It takes one only where its text, its place and the settings of
 * the suite are the same. What else decides the form, the compiler's version and its options, begins another folder.
 */
export const keptModules = keptFile('modules', [
  'package-lock.json',
  'tsconfig.json',
  'web/tsconfig.json',
  'web/worker/tsconfig.json',
  'tests/web/tsconfig.json',
])

if (existsSync(keptModules) && readdirSync(keptModules).length > MOST_KEPT)
  rmSync(keptModules, { recursive: true })
