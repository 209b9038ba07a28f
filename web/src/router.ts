import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'
import { Problem } from './api/problem.ts'
import { findMe } from './session/use-me.ts'

/** A page anybody may see. */
const open = { open: true }

export const router = createRouter({
  history: createWebHistory(import.meta.env.BASE_URL),
  routes: [
    { path: '/', name: 'overview', component: () => import('./pages/overview/overview-page.vue') },
    {
      path: '/obligations',
      name: 'obligations',
      component: () => import('./pages/obligations/obligations-page.vue'),
    },
    {
      path: '/review',
      name: 'review',
      component: () => import('./pages/review/review-page.vue'),
    },
    {
      path: '/obligations/:id',
      name: 'obligation',
      component: () => import('./pages/item/item-page.vue'),
    },
    { path: '/imports', name: 'imports', component: () => import('./pages/imports/imports-page.vue') },
    {
      path: '/imports/remembered',
      name: 'import-mappings',
      component: () => import('./pages/imports/mappings-page.vue'),
    },
    {
      path: '/imports/:id',
      name: 'import',
      component: () => import('./pages/imports/import-page.vue'),
    },
    {
      path: '/sign-in',
      name: 'sign-in',
      component: () => import('./pages/sign-in/sign-in-page.vue'),
      meta: open,
    },
    {
      path: '/forgotten',
      name: 'forgotten',
      component: () => import('./pages/sign-in/forgotten-page.vue'),
      meta: open,
    },
    {
      path: '/set-password',
      name: 'set-password',
      component: () => import('./pages/sign-in/set-password-page.vue'),
      meta: open,
    },
    { path: '/:path(.*)*', name: 'lost', component: () => import('./pages/lost-page.vue'), meta: open },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

router.beforeEach(async (to) => {
  if (to.meta['open'] || (await isSignedIn())) return true
  return signInFirst(to)
})

/** Where a stranger goes; the sign-in leads back. */
export function signInFirst(to: RouteLocationNormalized) {
  return { name: 'sign-in', query: { next: to.fullPath } }
}

/** Without a network the page shows what it kept; only a plain no counts. */
async function isSignedIn(): Promise<boolean> {
  try {
    await findMe()
    return true
  } catch (error) {
    return !(error instanceof Problem && error.status === 401)
  }
}
