import { ref, watchEffect } from 'vue'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEPT = 'duban.theme'
const system = matchMedia('(prefers-color-scheme: dark)')
const systemIsDark = ref(system.matches)
system.addEventListener('change', (event) => {
  systemIsDark.value = event.matches
})

export const theme = ref<Theme>(keptTheme())

watchEffect(() => {
  const dark = theme.value === 'dark' || (theme.value === 'system' && systemIsDark.value)
  document.documentElement.classList.toggle('dark', dark)
})

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen
  localStorage.setItem(KEPT, chosen)
}

function keptTheme(): Theme {
  const kept = localStorage.getItem(KEPT)
  return THEMES.find((t) => t === kept) ?? 'system'
}
