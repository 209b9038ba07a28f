/** The tree of offices. */
export const officeWords = {
  offices: {
    title: '单位',
    name: '名称',
    kind: '类别',
    code: '代码',
    duties: '承担',
    empty: '还没有单位。请管理员写入单位文件。',
    count: '{count} 个单位',
    add: '新建单位',
    addRule: '县直中心和镇在县局下面,村(社区)在镇下面。已经开放的阶段不给新单位补发事项,以后开放的有。',
    addThis: '新建',
    added: '已新建 {name},可以接着写下一个。',
    parent: '上级单位',
    shortCode: '代码的最后一段',
    shortCodeRule: '完整代码是 {code},以后不能改。用小写字母、数字和短横线。',
    change: '维护',
    changeThis: '修改',
    save: '保存',
    remove: '删除',
    removeAsk: '只能删除写错的:“{name}”下面没有人员、事项和下级单位才能删除。',
  },
}
