/** The traditional characters of the words that heads are made of, and the simplified ones. */
const TRADITIONAL =
  '預編號發佈時間級別貧類點證聯繫係電話鄉鎮區數據來門單戶屬碼機對員監測險縣標記備註說統計總頁審負責製填寫實際內組織導體風況農業報錄簽態狀轄醫層幹辦處開關資訊戸県'
const SIMPLIFIED =
  '预编号发布时间级别贫类点证联系系电话乡镇区数据来门单户属码机对员监测险县标记备注说统计总页审负责制填写实际内组织导体风况农业报录签态状辖医层干办处开关资讯户县'
const SIMPLIFIED_OF = new Map(Array.from(TRADITIONAL, (c, i) => [c, Array.from(SIMPLIFIED)[i] ?? c]))

const EACH_TRADITIONAL = new RegExp(`[${TRADITIONAL}]`, 'gu')

/** Writes the common words of heads in simplified characters; what is no such word stays. */
export function simplified(text: string): string {
  return text.replace(EACH_TRADITIONAL, (c) => SIMPLIFIED_OF.get(c) ?? c)
}
