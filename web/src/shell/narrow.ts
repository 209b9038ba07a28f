import { readonly, ref } from 'vue'

/** Whether the screen is that of a telephone, where a table leaves out columns; the same width as in the styles. */
const query = matchMedia('(max-width: 640px)')
const matches = ref(query.matches)
query.addEventListener('change', (event) => {
  matches.value = event.matches
})
export const isNarrow = readonly(matches)
