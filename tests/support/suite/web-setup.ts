import { spawnSync } from 'node:child_process'

/** Browser tests open the web app as it stands now, built as users get it; a build that still stands is taken. */
export default function buildWebApp(): void {
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs', 'web'], { stdio: 'inherit' })
  if (status !== 0) throw new Error('the web app could not be built')
}
