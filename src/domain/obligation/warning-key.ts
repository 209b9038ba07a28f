/**
 * Decision 6: whichever way a warning comes in, by file or by hand, one number of the platform is one obligation.
 * @param externalId the platform's number
 */
export function warningKey(externalId: string): string {
  return `platform|${externalId}`
}
