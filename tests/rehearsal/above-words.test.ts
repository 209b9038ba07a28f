import { expect, test } from 'vitest'
import { aboveFaults } from '../../src/rehearsal/above-words.ts'

const mail = (above: number, left: number) => `请今天复核 3 件。

—— 请您办理 19 件 ——

▲ 逾期 1 个工作日,本应 5月25日 周三办完 · 洞河镇 红色预警核查(复核) YJ1 → 复核:通过或退回
【待复核】○ 剩 4 个工作日 6月1日 周三到期 · 黄色预警核查(复核) 2件 → 复核:通过或退回
◔ 今日到期 5月26日 周四 · 洞河镇 红色预警核查 YJ9 → 入户核查并提交核查结论

—— 请您督促 1 件 ——

▲ 逾期 1 个工作日,本应 5月25日 周三办完 · 毛坝镇 黄色预警核查(复核) YJ8 → 请督促办结

—— 现状(截至 5月26日 08:30) ——

◆ 待复核 19 件,最早的本应 5月25日 周三办完,其中逾期 1 件
    · 高桥镇 橙色预警核查(复核) YJ2 5月30日 周一到期
    · 高滩镇 黄色预警核查(复核) 4 件 5月31日 周二到期
    · 另 ${above} 件列在上面;其余 ${left} 件见列表
◆ 未办结 1 件
    · 其余 7 件见列表
`

test('what is named, stands above and is in the list is all that waits for a review', () => {
  expect(aboveFaults(mail(3, 11))).toEqual([])
  expect(aboveFaults(mail(3, 12))).toEqual(['信中待复核 19 件,分列为 5、3 和 12 件'])
})

test('a number of what stands above that is not what stands there is found', () => {
  expect(aboveFaults(mail(1, 13))).toEqual(['信中说另 1 件列在上面,上面有 3 件'])
  expect(aboveFaults(mail(4, 10))).toEqual(['信中说另 4 件列在上面,上面有 3 件'])
  expect(aboveFaults(mail(3, 11).replace('另 3 件列在上面;', ''))).toHaveLength(2)
})

test('where nothing is counted beside what is named, nothing is compared', () => {
  expect(aboveFaults('没有要办的事')).toEqual([])
})
