import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'
import { Problem } from './api/problem.ts'
import { mayBeSignedIn } from './session/signed-in.ts'
import { findMe, forgetMe, type Me } from './session/use-me.ts'

/** A page anybody may see. */
const open = { open: true }
/** The same, with the top line for whoever has signed in. */
const openInFrame = { open: true, framed: true }

export const router = createRouter({
  history: createWebHistory(import.meta.env.BASE_URL),
  routes: [
    { path: '/', name: 'overview', component: () => import('./pages/overview/overview-page.vue') },
    {
      path: '/wall',
      name: 'wall',
      component: () => import('./pages/overview/wall-page.vue'),
      meta: { bare: true },
    },
    {
      path: '/obligations',
      name: 'obligations',
      component: () => import('./pages/obligations/obligations-page.vue'),
    },
    {
      path: '/discovery',
      name: 'discovery',
      component: () => import('./pages/discovery/discovery-page.vue'),
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
    {
      path: '/comparisons',
      name: 'comparisons',
      component: () => import('./pages/comparisons/comparisons-page.vue'),
    },
    {
      path: '/screenings',
      name: 'screenings',
      component: () => import('./pages/screenings/matrix-page.vue'),
    },
    { path: '/problems', name: 'problems', component: () => import('./pages/problems/problems-page.vue') },
    {
      path: '/hand-overs',
      name: 'hand-overs',
      component: () => import('./pages/hand-overs/hand-overs-page.vue'),
    },
    {
      path: '/statistics',
      name: 'statistics',
      component: () => import('./pages/statistics/statistics-page.vue'),
    },
    { path: '/rules', name: 'rules', component: () => import('./pages/rules/rules-page.vue') },
    { path: '/roster', name: 'roster', component: () => import('./pages/roster/roster-page.vue') },
    {
      path: '/households/:id',
      name: 'household',
      component: () => import('./pages/household/household-page.vue'),
    },
    {
      path: '/year-plan',
      name: 'year-plan',
      component: () => import('./pages/year-plan/year-plan-page.vue'),
    },
    { path: '/samples', name: 'samples', component: () => import('./pages/samples/samples-page.vue') },
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
    { path: '/account', name: 'account', component: () => import('./pages/account/account-page.vue') },
    {
      path: '/admin',
      component: () => import('./pages/admin/admin-frame.vue'),
      children: [
        { path: '', name: 'admin', component: () => import('./pages/admin/system-page.vue') },
        {
          path: 'beginning',
          name: 'beginning',
          component: () => import('./pages/admin/beginning-page.vue'),
        },
        { path: 'people', name: 'people', component: () => import('./pages/admin/people-page.vue') },
        { path: 'people/:id', name: 'person', component: () => import('./pages/admin/person-page.vue') },
        { path: 'absences', name: 'absences', component: () => import('./pages/admin/absences-page.vue') },
        { path: 'keys', name: 'keys', component: () => import('./pages/admin/keys-page.vue') },
        { path: 'offices', name: 'offices', component: () => import('./pages/admin/offices-page.vue') },
        { path: 'calendar', name: 'calendar', component: () => import('./pages/admin/calendar-page.vue') },
        { path: 'policies', name: 'policies', component: () => import('./pages/admin/policies-page.vue') },
        { path: 'audit', name: 'audit', component: () => import('./pages/admin/audit-page.vue') },
      ],
    },
    { path: '/mails', name: 'mails', component: () => import('./pages/mails/mails-page.vue') },
    {
      path: '/mails/not-reached',
      name: 'not-reached',
      component: () => import('./pages/mails/not-reached-page.vue'),
    },
    { path: '/mails/:id', name: 'mail', component: () => import('./pages/mails/mail-page.vue') },
    {
      path: '/inbox',
      name: 'inbox',
      component: () => import('./pages/trial-inbox/inbox-page.vue'),
      meta: openInFrame,
    },
    {
      path: '/inbox/:id',
      name: 'inbox-mail',
      component: () => import('./pages/trial-inbox/inbox-mail-page.vue'),
      meta: openInFrame,
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
    // Where accounts stood before.
    { path: '/users', redirect: { name: 'people' } },
    {
      path: '/:path(.*)*',
      name: 'lost',
      component: () => import('./pages/lost-page.vue'),
      meta: openInFrame,
    },
  ],
  // The first page stands at its top already, and to say so would have it laid out twice. Whoever opens or closes a row or changes a
  // filter stays there, and whoever goes back comes to where they were.
  scrollBehavior: (to, from, saved) =>
    !opensRow(to, from) && (saved ?? (from.matched.length > 0 && to.path !== from.path && { top: 0 })),
})

router.beforeEach(async (to) => {
  fetchAhead(to)
  if (to.meta['open']) {
    // Whoever has signed in keeps the top line also where nobody has to.
    if (to.meta['framed'] && mayBeSignedIn() && (await whoIsSignedIn()) === 'stranger') forgetMe()
    return true
  }
  const me = await whoIsSignedIn()
  if (me === 'stranger') return signInFirst(to)
  // Whoever must set up a second factor may open nothing else before it.
  return me?.mustSetUpSecondFactor && to.name !== 'account' ? { name: 'account' } : true
})

/** Whether two addresses differ in the row alone that is open beside its list. */
function opensRow(to: RouteLocationNormalized, from: RouteLocationNormalized): boolean {
  const without = ({ query: { open: _open, ...rest } }: RouteLocationNormalized) => JSON.stringify(rest)
  return to.path === from.path && to.query['open'] !== from.query['open'] && without(to) === without(from)
}

/** The page is on its way while the server is asked who is signed in. What fails here fails again, and is told, when it is shown. */
function fetchAhead({ matched }: RouteLocationNormalized): void {
  for (const { components } of matched) {
    const page = components?.['default']
    if (typeof page === 'function') void (page as () => Promise<unknown>)().catch(() => undefined)
  }
}

/** Where a stranger goes; the sign-in leads back. */
export function signInFirst(to: RouteLocationNormalized) {
  return { name: 'sign-in', query: { next: to.fullPath } }
}

/** Without a network nobody knows (null), and the page shows what it kept; only a plain no counts. */
async function whoIsSignedIn(): Promise<Me | 'stranger' | null> {
  try {
    return await findMe()
  } catch (error) {
    return error instanceof Problem && error.status === 401 ? 'stranger' : null
  }
}
