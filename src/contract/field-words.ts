/** The Chinese name of every field that a request may have, for refusals and documents. */
export const FIELD_WORDS: Record<string, string> = {
  ...{ action: '动作', kind: '种类', state: '状态', level: '等级', cause: '致贫返贫因素', group: '重点人群' },
  ...{
    source: '数据来源',
    office: '单位',
    officeOnly: '只看本级',
    county: '县',
    campaign: '行动',
    phase: '阶段',
  },
  ...{ standing: '待办分类', overdue: '是否逾期', dueFrom: '到期不早于', dueTo: '到期不晚于', q: '关键词' },
  ...{
    sort: '排序',
    limit: '一页条数',
    cursor: '页的位置',
    externalId: '预警编号',
    id: '编号',
    ids: '编号列表',
  },
  ...{
    title: '标题',
    dueOn: '到期日',
    issuedOn: '签发日',
    start: '起算日',
    workingDays: '工作日数',
    days: '天数',
  },
  ...{ year: '年份', template: '模板', filter: '条件', expectedCount: '预计件数', result: '办理结果' },
  ...{
    outcome: '结论',
    counts: '数量',
    note: '说明',
    reason: '原因',
    person: '人员',
    personal: '可看户信息',
  },
  ...{
    name: '姓名',
    idNo: '身份证号',
    phone: '联系电话',
    village: '村(社区)',
    detail: '内容',
    subject: '对象',
  },
  ...{
    email: '邮箱',
    password: '密码',
    current: '现在的密码',
    next: '新密码',
    code: '验证码',
    token: '令牌',
  },
  ...{ role: '角色', permissions: '权限', from: '开始', until: '结束', to: '截至', substitute: '代理人' },
  ...{ rows: '行号', all: '全部', complete: '是否完整' },
  ...{ dryRun: '只检查', silent: '不发通知', open: '是否在办', actor: '操作人' },
  ...{ begin: '已过阶段怎样开始', as: '开始方式', wordOf: '是谁说的' },
  ...{ mail: '邮件', messageId: '邮件的 Message-ID', recipient: '收件人', status: '状态码', text: '文字' },
  ...{
    columns: '列的对应',
    words: '词的对应',
    sheet: '工作表',
    refuseUnknown: '不认识的直接拒绝',
    without: '文件没有的列',
    withdraw: '是否撤销',
  },
  ...{ assignment: '承办阶段', mine: '轮到本单位', before: '上一页最后一封' },
  ...{
    offices: '整改单位',
    origin: '问题来源',
    type: '问题类型',
    wrong: '问题',
    measure: '整改措施',
    responsible: '责任人',
    evidence: '佐证材料',
    keepGood: '好的先登记',
    noEvidence: '没有附件的原因',
  },
  ...{ raw: '退信原文', quietDays: '免打扰日' },
}

/** `“标题 title”`; a field without a Chinese name is called by its own. */
export function fieldWords(name: string): string {
  const word = FIELD_WORDS[name]
  return `“${word === undefined ? name : `${word} ${name}`}”`
}
