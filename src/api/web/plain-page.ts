import { createHash } from 'node:crypto'

const STYLE =
  ":root{color-scheme:light dark}body{max-width:40rem;margin:2rem auto;padding:0 1rem;font:16px/1.6 'PingFang SC','Noto Sans SC','Microsoft YaHei',sans-serif}h1{font-size:1.25rem}"
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** No script, this one style, nothing from elsewhere. */
export const PLAIN_CSP = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** A page of two sentences with a way back into the app, which needs no script. */
export function plainPage({ title, words }: { title: string; words: string }): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width,initial-scale=1" />
<link rel="icon" href="data:," />
<title>${escapeHtml(title)} · 督办</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(words)}</p>
<p><a href="/app/">回到督办</a></p>
</body>
</html>
`
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c)
}
