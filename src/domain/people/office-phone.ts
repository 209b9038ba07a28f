const FORM = /^\+?[\d() ()-]+(转\d{1,6})?$/
const FEWEST_DIGITS = 3
/** Fewer than an identity number has, so that none is entered here by mistake. */
const MOST_DIGITS = 13

/** Why a text is no telephone of an office; null when it is one. Mails print it, so it has no other characters. */
export function officePhoneFault(text: string): string | null {
  const digits = (text.split('转')[0] ?? '').replace(/\D/g, '').length
  return FORM.test(text) && digits >= FEWEST_DIGITS && digits <= MOST_DIGITS
    ? null
    : '电话写成 0915-4421234、0915-4421234转802 这样,号码 3 到 13 位。'
}
