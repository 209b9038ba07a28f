import { PALETTE } from '../../mail/palette.ts'

const DARK = {
  ink: '#e6e8ea',
  muted: '#9aa4ad',
  line: '#30363d',
  paper: '#15181b',
  ground: '#1b1f23',
  accent: '#5cc2bf',
  red: '#ff8a7a',
  orange: '#f0a35e',
  yellow: '#f2c94c',
  done: '#7fc29b',
} as const satisfies Record<keyof typeof PALETTE, string>

const variables = (colours: Record<string, string>) =>
  Object.entries(colours)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';')

/**
 * The style of every server-rendered page (quiet, dense, light and dark). Classes: `late soon quiet done` for
 * the clock's colours, `level red|orange|yellow` for level tags, `num` for right-aligned numbers, `tabs`, `bar`,
 * `columns`, `filters`, `row`, `tools`. `ask` is opened by a click; `grave` is a button that is hard to undo. On
 * a telephone `cards` sets a row's cells below each other, `scroll` lets wide tables move sideways, and
 * `sideways` says so.
 */
export const STYLE = `
:root{color-scheme:light dark;${variables(PALETTE)}}
@media (prefers-color-scheme:dark){:root{${variables(DARK)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:14px/1.5 "PingFang SC","Noto Sans SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
header.top{display:flex;gap:20px;align-items:baseline;padding:10px 24px;border-bottom:1px solid var(--line);background:var(--ground)}
header.top b{font-size:16px}
header.top nav{display:flex;gap:16px;flex-wrap:wrap}
header.top nav a{text-decoration:none}
header.top nav a[aria-current]{color:var(--ink);font-weight:600}
.banner{padding:6px 24px;border-bottom:1px solid var(--line);color:var(--orange)}
main{max-width:1120px;margin:0 auto;padding:16px 24px 48px}
h1{font-size:20px;line-height:1.4;margin:8px 0 12px}
h2{font-size:16px;margin:24px 0 8px}
a{color:var(--accent)}
a:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
th{color:var(--muted);font-weight:400;text-align:left;white-space:nowrap}
th,td{padding:5px 16px 5px 0;border-bottom:1px solid var(--line);vertical-align:top}
td.num,th.num{text-align:right}th.group{text-align:center}tr.sum td{font-weight:600}.bars{letter-spacing:1px;color:var(--muted)}
td.time{white-space:nowrap;color:var(--muted)}
td.unbroken{white-space:nowrap}
.late{color:var(--red)}.soon{color:var(--orange)}.done{color:var(--done)}.quiet{color:var(--muted)}
.level{display:inline-block;padding:0 5px;border-radius:4px;font-size:12px;color:#fff}
.level.red{background:${PALETTE.red}}.level.orange{background:${PALETTE.orange}}.level.yellow{background:${PALETTE.yellow};color:${PALETTE.ink}}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:0 0 16px}
dt{color:var(--muted)}dd{margin:0;overflow-wrap:anywhere}
.tabs{display:flex;gap:20px;border-bottom:1px solid var(--line);margin:16px 0 12px}
.tabs a{padding:4px 0;text-decoration:none;color:var(--ink)}
.tabs a[aria-current]{border-bottom:2px solid var(--accent);color:var(--accent);font-weight:600}
pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:0;padding:12px;background:var(--ground);border:1px solid var(--line);border-radius:4px;font:13px/1.6 ui-monospace,"Noto Sans Mono CJK SC",monospace}
iframe{width:100%;height:72vh;border:1px solid var(--line);border-radius:4px;background:${PALETTE.paper};resize:vertical}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(320px,1fr));gap:8px 32px}
.more{margin-top:12px}
.said{white-space:pre-wrap;overflow-wrap:anywhere;padding-left:12px;border-left:2px solid var(--line)}
.who{margin-left:auto;display:flex;gap:12px;align-items:baseline}
.who a{text-decoration:none}
form.narrow{max-width:360px;display:grid;grid-template-columns:minmax(0,1fr);gap:12px}
form.narrow label{display:grid;grid-template-columns:minmax(0,1fr);gap:4px}
input,select{font:inherit;padding:6px 8px;border:1px solid var(--line);border-radius:4px;background:var(--paper);color:var(--ink)}
button{font:inherit;padding:5px 12px;border:1px solid var(--line);border-radius:4px;background:var(--ground);color:var(--ink);cursor:pointer}
button.main{background:var(--accent);border-color:var(--accent);color:var(--paper)}
input:focus-visible,button:focus-visible,select:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.row,.tools{display:flex;flex-wrap:wrap;gap:8px 12px;align-items:flex-start}label.row,form[role=search]{align-items:center}
.tools{margin:12px 0}
details.ask{max-width:420px}
.ask>summary{display:inline-block;padding:5px 12px;border:1px solid var(--line);border-radius:4px;background:var(--ground);cursor:pointer}
.ask[open]>summary{margin-bottom:8px}.ask>p{margin:0 0 8px}
button.grave{color:var(--red);border-color:var(--red)}
pre+form{margin-top:12px}
svg.qr{display:block;width:220px;height:220px;margin:8px 0;border-radius:4px}
form.filters{display:flex;flex-wrap:wrap;gap:8px 12px;align-items:end;margin-bottom:12px}
.filters label{display:grid;gap:2px;color:var(--muted);font-size:13px}
.filters label.tick{display:flex;gap:4px;padding-bottom:7px;align-items:baseline}
.bar{display:flex;gap:20px}.sideways{display:none}
.people{display:flex;flex-wrap:wrap;gap:8px}
@media (max-width:640px){
main{padding:12px}header.top,.banner{padding-left:12px;padding-right:12px}header.top{flex-wrap:wrap;gap:4px 16px}.wide{display:none}
.cards thead{display:none}.cards tr{display:block;padding:8px 0;border-bottom:1px solid var(--line)}
.tools{flex-direction:column}.cards td form{padding:4px 0}
.cards td,.cards td.num{display:block;border:0;padding:0;text-align:left}.cards td.wide{display:none}
.cards td[data-label]::before{content:attr(data-label) ' ';color:var(--muted)}
.sideways{display:block;margin:0 0 4px}.scroll{overflow-x:auto}.scroll th,.scroll td{white-space:nowrap;padding-right:12px}}
@media print{header.top nav,.tabs,.more{display:none}}
`
