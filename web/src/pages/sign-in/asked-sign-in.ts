import { api, bodyFrom } from '../../api/client.ts'

/** What the page for signing in knows before anybody has. */
export const askedSignIn = { queryKey: ['sign-in'], queryFn: () => bodyFrom(api.GET('/v1/sign-in')) }
