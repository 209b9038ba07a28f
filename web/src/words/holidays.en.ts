/** The holidays of the State Council in English, by how their Chinese name begins. Other days keep the name of their notice. */
const HOLIDAYS_EN: Readonly<Record<string, string>> = {
  ...{ 元旦: 'New Year', 春节: 'Spring Festival', 清明: 'Qingming', 劳动节: 'Labour Day' },
  ...{ 端午: 'Dragon Boat', 中秋: 'Mid-Autumn', 国庆: 'National Day' },
}

export function holidayEn(chinese: string): string {
  const found = Object.entries(HOLIDAYS_EN).find(([begin]) => chinese.startsWith(begin))
  return found?.[1] ?? chinese
}
