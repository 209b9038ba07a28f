/** Browsers by what they call themselves; the first that fits, since most also claim to be another. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/, '微信'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/HeadlessChrome|Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
  [/curl\//, 'curl'],
]
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** `Chrome · Windows`; the agent's own text where nothing is known of it; null without one. */
export function browserWords(agent: string | null): string | null {
  if (agent === null) return null
  const parts = [BROWSERS, SYSTEMS].flatMap((known) => {
    const name = known.find(([pattern]) => pattern.test(agent))?.[1]
    return name === undefined ? [] : [name]
  })
  return parts.length > 0 ? parts.join(' · ') : agent.slice(0, 40)
}
