import type { Page } from 'playwright-core'

/** What a page shows or says in Chinese outside of what is marked as such: texts, and what attributes say. */
export const chineseOn = (page: Page) =>
  page.evaluate<string[]>(`(() => {
    const han = /\\p{Script=Han}/u
    const found = []
    const marked = (one) => one.closest('[lang="zh-CN"]:not(html)') !== null
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const { textContent, parentElement } = texts.currentNode
      if (!han.test(textContent) || marked(parentElement) || parentElement.closest('script, style, noscript, textarea')) continue
      found.push(textContent.trim())
    }
    for (const one of document.querySelectorAll('[title], [aria-label], [placeholder], [alt]'))
      for (const name of ['title', 'aria-label', 'placeholder', 'alt']) {
        const text = one.getAttribute(name)
        if (text && han.test(text) && !marked(one)) found.push(text)
      }
    return [...new Set(found)]
  })()`)
