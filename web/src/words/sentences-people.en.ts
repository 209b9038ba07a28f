/** Sentences of the server about accounts, offices and rows of lists. `{}` stands for what a sentence names. */
export const PEOPLE_SENTENCES: Readonly<Record<string, string>> = {
  '没有单位 {},或它不在您的县。': 'There is no office {0}, or it is not in your county.',
  '没有单位 {};代码见 GET /v1/offices。': 'There is no office {0}.',
  '{}下面不能再有下级单位。': 'Nothing can stand below {0}.',
  '{}下面只能有{}。': 'Another kind of office is needed below {0}.',
  '代码 {} 已经是{}的。': 'The code {0} is that of {1}.',
  '已有名为“{}”的单位({})。': 'There is an office “{0}” already ({1}).',
  '角色的结束日期 {} 早于开始日期 {},请改正。': 'The role ends on {0}, before it begins on {1}.',
  '{} 已经登记过;可以给他加角色,不用新建。': '{0} has an account already; add a role there.',
  '请写明姓名。': 'Give the name.',
  邮箱地址为空: 'The address is empty',
  邮箱地址过长: 'The address is too long',
  '须是一个纯粹的邮箱地址,不能有空白、换行、逗号、引号、尖括号或显示名':
    'It must be one plain address without blanks, commas, quotation marks or a name',
  '邮箱地址格式不对,应如 name@example.cn': 'The address is not of the form name@example.cn',
  '自己的角色和账号由另一位管理员管理;自己的密码和两步验证在“我的账号”中修改。':
    'Your own roles and account are managed by another administrator; password and second factor under “My account”.',
  '这个人在您管理的范围以外也有角色,请在服务器上用 npm run duban -- user 处理。':
    'This person has roles beyond your counties: it is done on the server, with npm run duban -- user.',
  '{}的账号已经停用。': 'The account of {0} is disabled already.',
  '{}的账号没有停用。': 'The account of {0} is not disabled.',
  '{}的账号已停用,请先恢复。': 'The account of {0} is disabled; enable it first.',
  '{}没有开启两步验证。': '{0} has no second factor.',
  '{}在 {} 没有这个角色。': '{0} has no such role in {1}.',
  '这是他唯一的角色:请先授予新的角色,或停用账号。':
    'This is their only role: grant another first, or disable the account.',
  '这是本县最后一位管理员:请先把管理员角色授予另一位同事。':
    'This is the last administrator of the county: make somebody else one first.',
  '这样从 {} 起本县没有管理员:请先把管理员角色授予另一位同事,期限不短于现在的。':
    'The county would have no administrator from {0} on: make somebody else one first, for as long.',
  '没有要改的内容:和登记的一样。': 'Nothing changes: all is as it was.',
  '邮箱 {} 已经登记在另一个账号上,请换一个。': 'The address {0} belongs to another account.',
  '电话写成 0915-4421234、0915-4421234转802 这样,号码 3 到 13 位。':
    'A telephone has 3 to 13 digits, as 0915-4421234.',
  '免打扰日写成 0(周日)到 6(周六)的数字。': 'Quiet days are numbers from 0 (Sunday) to 6 (Saturday).',
  '免打扰日不能包括周一到周五的每一天:最多选其中四天,否则提醒没有一天可以送达。':
    'At most four of Monday to Friday can be quiet, or no reminder could ever arrive.',
  '{}的账号已停用,不再收邮件。': 'The account of {0} is disabled and gets no mail.',
  '账号已停用。': 'The account is disabled.',
  '现在的密码不对。': 'The present password is not right.',
  '这个账号开启了两步验证,请再填写动态口令。': 'This account has a second factor; give the code as well.',
  '动态口令不对,请看应用里现在显示的 6 位数字;每个口令只能用一次。':
    'The code is not right: take the six digits that are shown now; each works once.',
  '密码至少要 {} 个字符,可以是一句好记的话。':
    'A password has at least {0} {0|character|characters}; a sentence is good.',
  '密码最多 {} 个字符。': 'A password has at most {0} {0|character|characters}.',
  '密码里不同的字符太少,请换一个。': 'The password has too few different characters.',
  '这是常见或已经泄露的密码,容易被猜中,请换一个。': 'This password is common or was leaked; choose another.',
  '这个密码在已经泄露的密码之中,请换一个。': 'This password was leaked; choose another.',
  '密码里不要有自己的姓名。': 'A password must not have your name in it.',
  '密码里不要有自己的单位。': 'A password must not have your office in it.',
  '密码里不要有自己的邮箱名。': 'A password must not have your address in it.',
  '没有这个单位,或它不在您的县。': 'There is no such office, or it is not in your county.',
  '这个文件要新建 {} 个账号,一次最多 {} 个。请拆成几个文件。':
    'The file makes {0} {0|account|accounts}, and at most {1} can be made at once; split it.',
  // What is said of the columns and words of a file.
  '可以选的表有:{}': 'There are these sheets: {0}',
  '最多说明 {} 列': 'At most {0} {0|column|columns} can be named',
  '表名最多 {} 个字,也不含号码':
    'The name of a sheet has at most {0} {0|character|characters} and no number of a person',
  '列名最多 {} 个字,也不含号码':
    'The name of a column has at most {0} {0|character|characters} and no number of a person',
  这一行没有要改的: 'This row has nothing to mend',
  文件没有这一列: 'The file has no such column',
  '文件中没有这一列;有:{}': 'The file has no such column; it has: {0}',
  '没有这个字段;可以写:{},不用的列写 null(命令里写 -)': 'There is no such field',
  '没有这个字段;可以写:{}': 'There is no such field',
  '没有“{}”就不能登记预警:请指定一列,或在平台导出时选上': 'A warning needs “{0}”: name its column',
  '“{}”只能对应一列,已经给了另一列': '“{0}” has another column already',
  '没有这类词;可以写:{}': 'There is no such kind of word',
  '最多说明 {} 个词': 'At most {0} {0|word|words} can be explained',
  '词是 1 到 {} 个字,不含号码': 'A word has 1 to {0} {0|character|characters} and no number of a person',
  '这是外县的乡镇,不能对应到本县的乡镇:请把这些预警退回平台': 'This is a town of another county',
  '没有这个意思;可以写:{}': 'There is no such meaning',
  '预警编号为空。请补上平台的预警编号。': 'The number of the warning is empty.',
  // Rows of lists.
  '请写姓名。': 'The name is missing.',
  '本县没有这个单位,请写“单位”页上的名称或代码。':
    'The county has no such office; write it as the page of offices does, or its code.',
  '不是完整的日期,请写成 2022-12-15 这样,或者不写。': 'This is no whole date; write 2022-12-15, or nothing.',
  '不是完整的日期,请写成 2022-12-15 这样。': 'This is no whole date; write 2022-12-15.',
  '不是完整的日期,请写成 2022-06-05 这样;还没有走访的留空。':
    'This is no whole date; write 2022-06-05, or nothing where nobody visited yet.',
  '不是完整的日期,请写成 2022-01-15 这样,不知道的留空。':
    'This is no whole date; write 2022-01-15, or nothing.',
  '{} 已经登记过;要加角色的,请到这个人的页面授予。':
    '{0} has an account already; grant the role on the page of that person.',
  '{} 的账号已停用;要用的,请到这个人的页面重新启用。':
    'The account of {0} is disabled; enable it on the page of that person.',
  '{} 已有这个角色,起止日期不同;要改的,请到这个人的页面重新授予。':
    '{0} holds this role for another time; grant it anew on the page of that person.',
  '前面的行里,这个人的这个角色起止日期不同;一个角色只能写一次。':
    'A row above gives this person the same role for another time; write each role once.',
  '前面的行里,这个邮箱是{}的;一个邮箱只能是一个人的。':
    'In a row above this address is that of {0}; an address is one person’s.',
  '{}要设在{},{}是{}。': 'The role does not fit the kind of office ({2}).',
  '结束早于开始({})。': 'The end is before the beginning ({0}).',
  '超过 {} 个字,请精简。': 'More than {0} {0|character|characters}.',
  '要是{}中的一个。': 'Must be one of: {0}.',
  '不是您可以登记的单位,请写镇的名称;几个镇用顿号隔开。':
    'You cannot register for this office; write the name of a town.',
  '请写明问题是什么,至少 {} 个字。': 'Say what the problem is, in at least {0} {0|character|characters}.',
  '名称里有身份证号或电话号码,请改写在问题一列。':
    'The title has an identity number or a telephone; write it in the column of the problem.',
  '不是本县的乡镇,或不在您的范围内。请写镇的名称。': 'This is no town of the county, or beyond what you see.',
  '晚于今天 {},请改成实际纳入的那一天。': 'It is after today ({0}).',
  '保障情况写的是“{}”,却有纳入时间;请改正其中一个。':
    'It says that the household is not covered, and yet since when; correct one of the two.',
  '与本文件第 {} 行同镇、同村、同名,又都没有身份证号,分不清是不是一户。请补上号码,或删去重复的一行。':
    'Town, village and name are those of row {0}, and both have no number: they cannot be told apart.',
  '与本文件第 {} 行是同一身份证号。请删去重复的一行,或改正号码。': 'The identity number is that of row {0}.',
  '与本文件第 {} 行是同一户。一项排查里一户只记一次,请删去重复的一行。':
    'The household is that of row {0}; a screening has each once.',
}
