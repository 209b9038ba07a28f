/** An office and what somebody is there, in words; one that is called after its role says it once: 县救助中心, not 县救助中心 救助中心. */
export function postNamed(office: string, role: string, between = ' '): string {
  return office.endsWith(role) ? office : `${office}${between}${role}`
}
