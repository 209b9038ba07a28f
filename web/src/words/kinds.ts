/** The nine kinds as people call them. The kinds' own files carry checks that a browser has no use for; a test holds the two to each other. */
export const KIND_LABELS = {
  launch: '启动部署',
  comparison: '数据比对',
  screening: '全面排查',
  warning: '预警核查',
  rectification: '问题整改',
  'follow-up': '救助落实',
  'monitoring-visit': '监测走访',
  'spot-check': '县级抽查',
  report: '报表报送',
} as const
