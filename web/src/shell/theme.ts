import { computed, ref, watchEffect } from 'vue'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEPT = 'duban.theme'
const system = matchMedia('(prefers-color-scheme: dark)')
const systemIsDark = ref(system.matches)
system.addEventListener('change', (event) => {
  systemIsDark.value = event.matches
})

export const theme = ref<Theme>(keptTheme())

/** What is drawn, also as the device changes its mind: a chart holds colours of its own. */
export const isDark = computed(
  () => theme.value === 'dark' || (theme.value === 'system' && systemIsDark.value),
)

watchEffect(() => document.documentElement.classList.toggle('dark', isDark.value))

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen
  localStorage.setItem(KEPT, chosen)
}

function keptTheme(): Theme {
  const kept = localStorage.getItem(KEPT)
  return THEMES.find((t) => t === kept) ?? 'system'
}
