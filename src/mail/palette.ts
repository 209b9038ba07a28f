/** The light colours of paper, mails and pages. Mail programs know no variables, so templates inline them. */
export const PALETTE = {
  ink: '#1f2328',
  muted: '#57606a',
  line: '#d8dee4',
  paper: '#ffffff',
  ground: '#f6f7f8',
  accent: '#0f6b6b',
  red: '#b42318',
  orange: '#b54708',
  yellow: '#f2c94c',
  done: '#3f7d58',
} as const
