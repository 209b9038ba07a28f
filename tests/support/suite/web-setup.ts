import { spawnSync } from 'node:child_process'

/** Browser tests open the web app as it stands now, built as users get it. */
export default function buildWebApp(): void {
  const { status } = spawnSync(process.execPath, ['scripts/build-web.mjs'], { stdio: 'inherit' })
  if (status !== 0) throw new Error('the web app could not be built')
}
