import './styles/tokens.css'
import './styles/base.css'
import './styles/forms.css'
import './styles/print.css'
import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import { showAsked } from './ahead/show-asked.ts'
import { showKept } from './ahead/show-kept.ts'
import App from './app.vue'
import { onSignedOut } from './api/client.ts'
import { queryClient } from './api/query.ts'
import { router, signInFirst } from './router.ts'
import { watchTouches } from './session/attended.ts'
import { followBuilds } from './session/new-build.ts'
import { forgetMe, isMeKnown } from './session/use-me.ts'
import { keepDrawn } from './shell/keep-drawn.ts'
import { keepFilesOut } from './shell/keep-files-out.ts'
import { beginInKeptLanguage, i18n } from './words/index.ts'

onSignedOut.run = () => {
  const here = router.currentRoute.value
  if (here.matched.length === 0) return
  if (here.meta['open']) {
    // Nobody has to leave it, but its top line names nobody any more.
    if (isMeKnown()) forgetMe()
    return
  }
  forgetMe()
  void router.replace(signInFirst(here))
}

const firstAnswers = showAsked()
void Promise.all([beginInKeptLanguage(), showKept()]).then(async () => {
  const app = createApp(App).use(router).use(i18n).use(VueQueryPlugin, { queryClient })
  // Until there is a page, the one that was drawn last stays. Without its file there is none, which the router tells.
  await router.isReady().catch(() => undefined)
  await firstAnswers()
  app.mount('#app')
  document.querySelector<HTMLElement>('#app')!.inert = false
})
followBuilds(router)
keepDrawn(router)
keepFilesOut()
watchTouches()
