export { campaignTimeline } from './campaign-timeline.ts'
export { courier } from './courier.ts'
export { deadline } from './deadline.ts'
export { importFile } from './import-file.ts'
