/** Two people changed one thing. */
export const conflictWords = {
  conflict: {
    title: '刚被别人改过。请看清再定,写下的内容还在。',
    both: '您要保存的和现在的',
    what: '内容',
    mine: '您要保存的',
    theirs: '现在的',
    state: '办理状态',
    unchanged: '不变',
    changed: '改过',
    removed: '已被别人删除',
    take: '用现在的,不保存我的',
    again: '仍要保存我的',
    published: '发布了第 {version} 版',
    tryOnTheirs: '照新的一版再试算我的',
    validFrom: '从哪天起',
    differs: '与现行的不同',
    atOnce: '现在起',
    active: '账号',
    inUse: '在用',
    stopped: '已停用',
  },
}
