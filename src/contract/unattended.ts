/** A page that nobody touches says so by this header when it asks again by itself: that keeps no session from being idle. */
export const UNATTENDED = 'x-unattended'
