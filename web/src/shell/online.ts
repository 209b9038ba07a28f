import { readonly, ref } from 'vue'

const online = ref(navigator.onLine)
addEventListener('online', () => (online.value = true))
addEventListener('offline', () => (online.value = false))

/** Whether the device says that it has a network. */
export const isOnline = readonly(online)
