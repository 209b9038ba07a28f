/** Sentences of the server about the work, its files and its lists. `{}` stands for what a sentence names. */
export const WORK_SENTENCES: Readonly<Record<string, string>> = {
  '一件事项最多 {} 份附件,请合并后再上传。':
    'An item takes at most {0} {0|file|files}; put some together first.',
  '这件事项已经有这个文件,内容完全相同,不必再次上传。': 'The item has this very file already.',
  '附件只能在提交以前上传;已提交的,请复核单位退回后再补充。':
    'Files are added before handing in; what was handed in must be returned by the reviewer first.',
  '文件超过 {}。请压缩或拆成几份后再上传。': 'The file is larger than {0}; make it smaller or split it.',
  '这份附件不是您上传的,请找上传的人删除。': 'You did not upload this file; whoever did may delete it.',
  '集中核查请选择和哪些部门一起核查。': 'Choose the departments that came to the concentrated check.',
  '写了联合部门,核查方式却不是集中核查;请改正其中一个。':
    'Departments are named, but the check was not a concentrated one; correct one of the two.',
  '名册超过 {} 户,请写明 office,按镇查看各村。':
    'The roster has more than {0} {0|household|households}; name an office to see the villages of one town.',
  '按村一次最多统计 {} 件,请写明 office,按镇查看各村。':
    'By village at most {0} {0|item is|items are} counted at once; name an office to see the villages of one town.',
  '检查完毕、还没有登记的文件,才能和台账核对。':
    'Only a file that is checked and not registered yet is held against the ledger.',
  '要户的完整信息,请写明理由 reason': 'Say why households are needed in the clear',
  '“{}”还没有开始': '“{0}” has not begun',
  '行动或阶段已经结束,不能再改日期。': 'The campaign or the phase is over; its day cannot change any more.',
  '行动或阶段已经结束,不用再处理。': 'The campaign or the phase is over; nothing is left to do.',
  '{} 年的行动已经建立,一个县一年只有一个。':
    'There is a campaign of {0} already; a county has one each year.',
  '就是现在的日期 {},不用改。': 'That is its day now ({0}).',
  '早于今天 {},请改成今天或以后的日期。': 'It is before today ({0}).',
  '早于这个阶段的开始日 {}。': 'It is before the phase begins ({0}).',
  '晚于当年的最后一天 {}。': 'It is after the last day of the year ({0}).',
  行动模板里没有这个阶段: 'The template of the campaign has no such phase',
  一个阶段只能选一种办法: 'A phase begins in one way only',
  '这个阶段 {} 才到期,照常进行,不用选': 'This phase is due on {0} and goes on as usual',
  '新的日期要在 {} 到 {} 之间': 'The new day must be between {0} and {1}',
  '别人刚刚认定过这两户,请刷新后再看。': 'Somebody decided about these two just now; look again.',
  '请填写本县另一件事项的编号。': 'Give the number of another item of the county.',
  '其中一件事项没有户的信息,无法认定。': 'One of the two items has no household.',
  '这两件事项的身份证号相同,按同一户处理。号码登记错了的,请先更正号码。':
    'The identity numbers are the same, so it is one household. Where a number is wrong, correct it first.',
  '工作簿里有几张表都像{},请只留下要登记的那一张后再上传。':
    'Several sheets of the workbook look like the list; leave only the one that is meant.',
  '规则中没有{}的条目,请系统管理员补充规则后再办。':
    'The policy has no rule for {0}; the administrator must add it first.',
  '检查完毕或已登记的导入,才能处理内容有变的行。':
    'Changed rows are decided once a file is checked or registered.',
  '只有等待说明的、检查完毕尚未登记的导入才能这样做。':
    'Only a file that waits for its columns, or is checked and not registered, can be read anew.',
  '有更改已经决定采用或不采用,重新检查就不作数了:请先登记(apply),其余的登记后再改;或取消后重新导入。':
    'Some changes are decided, and checking anew would forget it: register first and mend the rest afterwards, or cancel and import again.',
  '只有检查完毕、尚未登记的导入才能在这里改。':
    'Only an import that is checked and not registered yet can be mended here.',
  '只能改有问题的行,和文件有的列;有几处不合要求,请按所列的改。':
    'Only rows with a problem can be mended, and columns that the file has; some of this does not fit: see each.',
  '列或词的说明有不合要求的,请按所列的逐项修改。':
    'What is said of columns or words does not fit; see the list.',
  '这是平台已撤回的编号,没有要登记的行,只能撤销(withdraw)或取消(cancel)。':
    'These are numbers that the platform withdrew: there is nothing to register.',
  '这次导入已经撤回。要重新登记,请再导入原来的文件。':
    'This import was taken back. To register again, import the file again.',
  '这次导入已经撤回过了。': 'This import was taken back already.',
  '这次导入正在撤回。': 'This import is being taken back.',
  '只有检查完毕、尚未登记的导入才能这样做。': 'Only a file that is checked and not registered can be.',
  '只有尚未登记的导入才能这样做。': 'Only what is not registered can be cancelled.',
  '只有已登记的导入才能这样做。': 'Only what is registered can be taken back.',
  '文件超过 64 MB。请按乡镇或月份拆成几个文件,分别导入。':
    'The file is larger than 64 MB; split it by towns or months.',
  '这一批已经不在办理,不需要停止。': 'These are not being worked on any more; there is nothing to stop.',
  '这一批还在办理,请先停止,或等它办完再撤回。': 'These are still being worked on: stop them, or wait.',
  '这一批没有办成的事项,没有可以撤回的。': 'Nothing of these was done, so nothing can be taken back.',
  '办完已超过 10 分钟,不能整批撤回;请用相应的操作逐件更正。':
    'More than ten minutes have passed; correct them one by one.',
  '台账中已有这个编号的事项。': 'There is an item with this number already.',
  '日期不对:发现日期不能晚于今天,也不能早于一年多以前。':
    'The day of discovery cannot be after today, nor more than a year ago.',
  '日期不对:到期日不能早于今天,也不能晚于一年多以后。':
    'The due day cannot be before today, nor more than a year ahead.',
  '一共 {} 件,一次最多导出 {} 件,请缩小范围分批导出。':
    'There {0|is|are} {0}, and {1} at most {1|is|are} exported at once; narrow the filters.',
  '一共 {} 件,一次最多 {} 件,请按单位或行动分批导出。':
    'There {0|is|are} {0}, and {1} at most {1|is|are} exported at once; take one office or campaign at a time.',
  '视图只能共用给您能看到的单位。': 'A view is shared with an office that you see.',
  '这个单位不在您能看到的单位之内,不能制作它的资料包。':
    'This office is not among those that you see; no pack can be made of it.',
  '一人最多保存 {} 个视图,请先去掉不用的。':
    'At most {0} {0|view is|views are} kept for each; drop one first.',
  '您已有同名的视图,请换一个名称。': 'You have a view of this name; choose another.',
  已有同名的视图: 'There is a view of this name',
  '没有这个单位,或它不在您的范围内;代码见 GET /v1/offices。':
    'There is no such office, or you may not see it.',
  '起止相差不能超过 {} 天。': 'The two days must not be more than {0} {0|day|days} apart.',
  '年份要在 {} 到 {} 之间。': 'The year must be between {0} and {1}.',
  '通知不能用:{}': 'The notice cannot be used: {0}',
  '“{}”不是日期,请写成 2027-02-05 的样子': '“{0}” is no date; write it as 2027-02-05',
  '{} 在 {} 之前,请先写开始的一天': '{0} is before {1}; begin with the first day',
  '“{}”要写成“放假”或“上班”(取消以前录入的写“恢复”)': '“{0}” is no plan; see the hint of the field',
  '缺节日名称,例如“春节”': 'The name of the holiday is missing',
  '这封邮件没有网页正文,请看纯文本。': 'This mail has no page, only plain text.',
  '这封邮件不用再发。': 'This mail need not be sent again.',
  '收件人的账号已停用,没有重发。': 'The account of the recipient is disabled; it was not sent again.',
  '这封邮件还在等待发出,不用再发。': 'This mail still waits to be sent.',
  '对方邮箱暂时不收,系统正在继续投递,不用再发。':
    'Their mailbox does not take it now; it goes on being tried.',
  '这封邮件正在发送,不用再发。': 'This mail is being sent.',
  '这封邮件已送达对方服务器,不用再发。': 'This mail was taken by their server.',
  '这封邮件已由新的一封代替,请看新的一封。': 'A newer mail replaced this one.',
  '其中各项都已办结,没有可以再发的。': 'All it speaks of is done; there is nothing to send again.',
  '演示中的邮件只存档,不能重发。': 'Mails of the demonstration are kept and not sent.',
  '{}的邮件已经开放,不用再开放。': 'The mail of {0} is open already.',
  '规则不能用:{}。': 'The policy cannot be used: {0}',
  '第 {} 版规则从 {} 起生效,到那天再改。':
    'Version {0} of the policy is in force from {1}; rebase on that day.',
  '名称里有身份证号或电话号码。名称会写在清单和邮件里,请改写在“问题”中。':
    'The title has an identity number or a telephone, and stands in lists and mails: write it under “Problem”.',
  '整改期限 {} 早于今天 {},请改为今天或以后的日期。': 'The day {0} is before today ({1}).',
  '整改期限 {} 晚于“{}”的截止日 {},请改为 {} 或更早的日期。':
    'The day {0} is after the last day of “{1}”; it must be {2} or earlier.',
  '核查期限 {} 早于今天 {},请改为今天或以后的日期。': 'The day {0} is before today ({1}).',
  '核查期限 {} 晚于“{}”的截止日 {},请改为 {} 或更早的日期。':
    'The day {0} is after the last day of “{1}”; it must be {2} or earlier.',
  '这个文件要登记 {} 件问题(一行写几个镇的,每个镇一件),一次最多 {} 件。请拆成几个文件,分别登记。':
    'The file has {0} {0|problem|problems}, and {1} at most {1|is|are} registered at once; split it.',
  '名册按镇登记,请填写镇的单位代码。': 'The roster is kept by towns; choose a town.',
  '保障情况写的是未纳入保障,却有纳入时间;请改正其中一个。':
    'It says that the household is not covered, and yet since when; correct one of the two.',
  '纳入时间 {} 晚于今天 {},请改成实际纳入的那一天。': 'Covered since {0} is after today ({1}).',
  '这一户已在名册上({})。': 'This household is on the roster already.',
  '今年还没有启动行动,没有可以抽查的名册。请先启动行动。':
    'No campaign has begun this year, so there is nothing to draw from.',
  '这一户没有被抽到,或者已经替换过,请核对编号。': 'This household was not drawn, or was replaced already.',
  '联系的日期不能晚于今天({})。': 'The day cannot be after today ({0}).',
  '答应的日期不能早于联系的那天。': 'The promised day cannot be before the day of the call.',
  '请选择承办单位的人。': 'Choose somebody of the performing office.',
  '只能分给本单位能办理的人,请重新选择。':
    'It can be given to somebody of this office who may act; choose again.',
  '只能移交给本县的另一个承办单位(镇、县直中心或县局),请重新选择。':
    'It can be handed to another performing office of the county; choose again.',
  '这个单位还没有能承办的人,请换一个单位,或先请管理员设置人员。':
    'Nobody in that office could do it yet; choose another, or have people added first.',
  '最晚暂停到的日期要晚于今天({}),并在一年以内。':
    'The last day must be after today ({0}) and within a year.',
  '申请的是 {} 个工作日,批准的不能更多;请填 1 到 {}。':
    '{0} working {0|day was|days were} asked for, and no more can be granted.',
  '命中 {} 条,多于比对的 {} 条;请核对这两个数后再提交。':
    '{0} {0|hit is|hits are} more than the {1} {1|record|records} compared; check the two numbers.',
  '产生预警 {} 条,多于命中的 {} 条;请改正,或在“原因”中写明为什么。':
    '{0} {0|warning is|warnings are} more than the {1} {1|hit|hits}; correct it, or say why in “Reason”.',
  '还有 {} 个命中名单没有登记,产生了几条预警还不知道;请先登记或取消,或在“原因”中写明为什么。':
    '{0} {0|file of hits is not registered, so how many warnings it raises|files of hits are not registered, so how many warnings they raise} is not known; register or cancel {0|it|them} first, or say why in “Reason”.',
  '还有 {} 个命中名单没有登记,产生了几条预警还不知道;其中 {} 个不归本单位处理,请{}在“导入”里取消,或请县救助中心登记或取消;也可以在“原因”中写明为什么。':
    '{0} {0|file of hits is not registered, so how many warnings it raises|files of hits are not registered, so how many warnings they raise} is not known; {1} of them {1|is|are} not this office’s to settle: ask {2} to cancel {1|it|them} under Imports, or the relief centre to register or cancel {1|it|them}; or say why in “Reason”.',
  '还有 {} 个命中名单没有登记,产生了几条预警还不知道;其中 {} 个不归本单位处理,请{}在“导入”里取消,或请县救助中心登记或取消;其余的请先登记或取消;也可以在“原因”中写明为什么。':
    '{0} {0|file of hits is not registered, so how many warnings it raises|files of hits are not registered, so how many warnings they raise} is not known; {1} of them {1|is|are} not this office’s to settle: ask {2} to cancel {1|it|them} under Imports, or the relief centre to register or cancel {1|it|them}; register or cancel the others first; or say why in “Reason”.',
  '还有 {} 个命中名单没有登记,产生了几条预警还不知道;其中 {} 个不归本单位处理,请县救助中心登记或取消;也可以在“原因”中写明为什么。':
    '{0} {0|file of hits is not registered, so how many warnings it raises|files of hits are not registered, so how many warnings they raise} is not known; {1} of them {1|is|are} not this office’s to settle: ask the relief centre to register or cancel {1|it|them}; or say why in “Reason”.',
  '还有 {} 个命中名单没有登记,产生了几条预警还不知道;其中 {} 个不归本单位处理,请县救助中心登记或取消;其余的请先登记或取消;也可以在“原因”中写明为什么。':
    '{0} {0|file of hits is not registered, so how many warnings it raises|files of hits are not registered, so how many warnings they raise} is not known; {1} of them {1|is|are} not this office’s to settle: ask the relief centre to register or cancel {1|it|them}; register or cancel the others first; or say why in “Reason”.',
  '命中填的是 {} 条,命中名单有 {} 行;请改正其中一个,或在“原因”中写明为什么。':
    '{0} {0|hit is|hits are} given, and the files have {1} {1|row|rows}; correct one of the two, or say why in “Reason”.',
  '产生预警填的是 {} 条,命中名单登记了 {} 条;请改正其中一个,或在“原因”中写明为什么。':
    '{0} {0|warning is|warnings are} given, and the files raised {1}; correct one of the two, or say why in “Reason”.',
  '走访日期 {} 晚于今天 {},请改成实际走访的日期。': 'The day {0} is after today ({1}).',
  '走访日期 {} 早于本次排查起算的 {},请改成实际走访的日期。':
    'The day {0} is before the screening began ({1}).',
  '写的是“{}”,查到的却是“{}”;请改正其中一个。':
    'What follows does not fit what was found; correct one of the two.',
  '写了走访结果,还缺走访日期;没有走访的,三项都不填。':
    'The day of the visit is missing; without a visit leave all three empty.',
  '写了走访日期,还缺查到的情况;没有走访的,三项都不填。':
    'What was found is missing; without a visit leave all three empty.',
  '写了查到的情况,还缺后续安排;不需跟进的请选“不需跟进”。': 'What follows is missing.',
  '放行阶段,或在还有未办结事项时结束行动,只有分管局领导可以决定。没有未办结事项的,不写理由就可以结束行动。':
    'Only the leader of the bureau lets a phase close, or ends the campaign, over what is left. Where nothing is left it ends without a reason.',
  '您的角色没有这项权限。需要的话,请找县救助中心或系统管理员。':
    'Your role has no right to it. Ask the relief centre or the administrator where you need it.',
  '内容刚被别人更新过,请重新读取后再操作。': 'Somebody changed it just now; look at it again first.',
  '您打开以后,这件事项有了变动{}。写下的内容没有丢,请看过现在的情况再操作。':
    'This item changed since you opened it{0}. What you wrote is not lost; look at it as it is now.',
  '这件事项已不在您这里:{}。写下的内容没有丢。':
    'This item is not with you any more: {0}. What you wrote is not lost.',
  '这次暂停 {} 个工作日,以前已暂停 {} 个,超过本县规则每件最多 {} 个工作日。最晚可以填 {};再长的由{}决定。':
    'This pause of {0} working {0|day|days}, after {1} before, is beyond the {2} that the policy allows. The last possible day is {3}.',
  '这次暂停 {} 个工作日,以前已暂停 {} 个,超过本县规则每件最多 {} 个工作日。再长的由{}决定。':
    'This pause of {0} working {0|day|days}, after {1} before, is beyond the {2} that the policy allows.',
  '没有这个单位,请核对单位代码。': 'There is no such office.',
  '两个单位是同一个,请选择另一个单位。': 'The two offices are the same; choose another.',
  '只有镇的工作可以整体移交,并且只能移交给镇;其他单位的请逐件移交。':
    'Only a town hands on all of its work, and only to a town.',
  '两个镇不在同一个县,不能整体移交;请选择本县的镇。': 'The two towns are not of the same county.',
  '接收的镇还没有能承办的人,请先设置人员,再整体移交。': 'Nobody in the receiving town could do it yet.',
  '轮到它时,发起人的账号或接口密钥已停用,没有改动它。请由现在的承办人办理。':
    'When its turn came, whoever asked was disabled; it was left as it was.',
  '到期日 {} 早于开始日 {},请改正其中一个': 'The due day {0} is before the beginning {1}',
  '比上一个阶段“{}”还早开始,几个阶段绕成了圈;请按先后排列':
    'It begins before the phase “{0}” that comes first',
  '没有 {} 这一天,写成 MM-DD,例如 05-31': 'There is no day {0}; write it as 05-31',
  '本县没有单位承担“{}”,这项工作没有人办;{}': 'No office of the county does “{0}”, so nobody would do it',
  '{}代码 {} 重复,请换一个': 'The code {1} stands twice',
  '一次最多处理 {} 件,请缩小范围分批处理。': 'At most {0} {0|is|are} done at once; narrow the filters.',
  '没有这个单位,请核对代码;单位代码见 GET /v1/offices。': 'There is no such office, or you may not see it.',
  '没有这个事项,请刷新列表后再试。': 'There is no such item; read the list anew.',
  '没有这个单位。': 'There is no such office.',
  没有这个单位: 'There is no such office',
}
