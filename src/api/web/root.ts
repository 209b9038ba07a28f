/** Where the pages of the web app begin. */
export const WEB_ROOT = '/app'
