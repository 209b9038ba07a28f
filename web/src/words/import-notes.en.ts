/**
 * What an import notes of how a file was read, what of a row was not understood though it was registered, and what an undo left,
 * in English; the Chinese is the key. `{}` stands for what is named.
 */
export const IMPORT_NOTES_EN: Readonly<Record<string, string>> = {
  // How the file was read.
  '第 {}等 {} 行照在这里改好的读,原来的文件没有动。':
    'Rows {0} and so on ({1} {1|row|rows}) are read as mended here; the file itself was not touched.',
  '第 {} 行照在这里改好的读,原来的文件没有动。':
    'Rows {0} are read as mended here; the file itself was not touched.',
  '改读了另一张表:此前在这里改过的 {} 行是原来那张表的,不再算数。':
    'Another sheet is read: {0} {0|row|rows} mended here before belonged to the former one and count no more.',
  '照记住的列:{}': 'Columns as remembered: {0}',
  '照记住的:{}': 'As remembered: {0}',
  '注意:没有问要哪张表,照本县以前说明的用了“{}”。不要再这样的,在“记住的列和词”里忘记它。':
    'Nobody was asked which sheet to read: “{0}”, as was said before. To be asked again, forget it among the remembered columns and words.',
  '这个文件是文本,没有工作表:写明的表“{}”没有用上,读的是整个文件。':
    'The file is text and has no sheets: “{0}” was not used, all of it was read.',
  '第 {} 行有引号没有成对,引号照字面读入了。请对照原文件核对这些行。':
    'Quotation marks without their other were read as they stand; please check these rows: {0}.',
  '{} 行的发布时间只有日期、没有几点几分,按当天 00:00 登记。':
    '{0} {0|row has|rows have} a day of issue without an hour; 00:00 was taken.',
  '{}:行末没有写的几项按空着登记,请对照平台。':
    '{0}: what is missing at the end of a row was taken as empty; please compare with the platform.',
  '第 {} 行少 {} 格': 'row {0} lacks {1} {1|cell|cells}',
  '第 {} 行少 {} 格 等 {} 行': 'row {0} lacks {1} {1|cell|cells}, and so on: {2} {2|row|rows}',
  '第 {} 行在表中是隐藏的,也读入了。': 'Hidden rows of the sheet were read too: {0}.',
  '{} 列在表中是隐藏的,也读入了。': 'Hidden columns of the sheet were read too: {0}.',
  '{} 列从第 {} 行起有 {} 个公式没有存下结果,按空的读入。请用 Excel 或 WPS 打开、保存后再导入。':
    'Column {0} has {2} {2|formula|formulas} without a result from row {1} on; {2|it was|they were} read as empty. Open and save the file in Excel or WPS, and import it again.',
  // Rows that are no warnings.
  ...{ 合计: 'a sum', 备注: 'a remark', 日期: 'a date', 单位: 'an office', 签名: 'signatures' },
  ...{ 页码: 'a page number', 填写说明: 'how to fill it in', 结束标记: 'the end', 分隔线: 'a line' },
  ...{ 分组标题: 'a heading', 说明文字: 'an explanation', 表头: 'the head again', 标题: 'a title' },
  // What of a row was not understood.
  '{}不在名录中,没有登记这一项。': '{0} is not known; it was not registered.',
  '只登记了“{}”,没有登记{}。这一项只能有一个,其余的请在核查时记下。':
    'Only “{0}” was registered, not {1}: there can be one. Note the rest when verifying.',
  其余的内容: 'the rest',
  '表格软件中列太窄,这一格只有 ########,没有登记这一项。请查看平台。':
    'The cell is ########: the column was too narrow. It was not registered; see the platform.',
  '这一格有的字丢失了(变成 □、???、锟斤拷一类),照原样登记。请查看平台。':
    'Some characters are lost; it was registered as it stands. See the platform.',
  '联系电话不像电话号码,没有登记这一项。请核实后补上。':
    'This is no telephone number; it was not registered. Please find it out and add it.',
  '联系电话被表格软件改成了科学计数法或显示不下,数字已经丢失,没有登记这一项。请核实后补上。':
    'A spreadsheet changed the telephone number and its digits are lost; it was not registered.',
  '联系电话的位数不像手机或座机,已照原样登记。请核实。':
    'The telephone number has an unusual length; it was registered as it stands. Please check it.',
  '联系电话中只登记了能认出的号码,其余文字没有登记。请查看原文件。':
    'Only the number was registered of what stands under telephone; see the file for the rest.',
  '没有身份证号,已按姓名和住址登记。核查时请核对证件,把号码补进台账。':
    'Without an identity number it was registered by name and address. Check the document when verifying, and add the number.',
  '身份证号是 15 位的旧号码,已按国家标准换成 18 位登记(第 7 位起补 19,末尾补校验位)。请核对证件。':
    'An old identity number of 15 digits was turned into one of 18. Please check the document.',
  '证件像港澳居民来往内地通行证,不是身份证号,已照原样登记。请核对证件。':
    'It looks like a permit of Hong Kong or Macao; it was registered as it stands. Please check the document.',
  '证件像台湾居民来往大陆通行证(8 位或 10 位数字),不是身份证号,已照原样登记。请核对证件。':
    'It looks like a permit of Taiwan; it was registered as it stands. Please check the document.',
  '证件是港澳台居民居住证,已照原样登记。请核对证件。':
    'It is a residence permit; it was registered as it stands. Please check the document.',
  '证件像外国人永久居留身份证,已照原样登记。请核对证件。':
    'It looks like a permit of permanent residence; it was registered as it stands. Please check the document.',
  '证件像护照,不是身份证号,已照原样登记。请核对证件。':
    'It looks like a passport; it was registered as it stands. Please check the document.',
  '发布时间写的是 24 时,按次日 0 时登记。': 'The time of issue is 24:00; 0:00 of the next day was taken.',
  // Where a file and the ledger differ.
  '平台有这条预警,台账没有': 'The platform has this warning, the ledger has not.',
  '平台已撤回,台账还在办': 'The platform has withdrawn it; it is still open in the ledger.',
  '平台上已不用办理,台账还在办': 'It is over at the platform and still open in the ledger.',
  '台账在办,平台 {} 至 {} 的完整文件里没有':
    'Open in the ledger; the platform’s complete file of {0} to {1} has it not.',
  '平台和台账的{}不同': 'Platform and ledger differ in: {0}',
  // Of a changed row that is not decided.
  '事项已经结束。请先重启该事项,再确认这项更正。':
    'The item is over. Reopen it first, then confirm the correction.',
  '已经确认,正在写入。': 'Confirmed already, and being written.',
  '已经更新过了。': 'Written already.',
  '此前已决定不采用。': 'It was decided before not to take it.',
  '这一行没有内容有变的预警。': 'This row has no warning with changed content.',
  // What an undo left.
  '{}没有复原,事项已经结束': '{0}: not restored, the item is over',
  '{}没有复原,此后又更改过': '{0}: not restored, it was changed since',
  '{}没有复原,改由的单位已经办理': '{0}: not restored, the office that has it now acted',
  '{}没有复原,户的资料已按保存期限删去': '{0}: not restored, the household’s data was deleted in time',
  '{}没有复原,原来的单位已经没有了': '{0}: not restored, the office it had is no more',
  '{}没有复原,更正它的是从前的版本,没有记下原来的内容':
    '{0}: not restored, an earlier release did not keep what it was',
  '{}已复原,限时没有随着复原,此后又重新算过;请打开这件事项核对限时':
    '{0}: restored, but its day was counted anew since; open the item and check the day',
  '撤销之后又有人办理过,没有恢复。': 'Somebody acted since; it was not brought back.',
  '撤销之后,这个预警编号已重新登记为另一件事项,没有恢复;请在那一件上办理。':
    'The number was registered as another item since; work on that one.',
  '户的资料已按保存期限删去,没有恢复。确需办理的,请从平台重新导入这一户。':
    'The household’s data was deleted in time; import it again if it is needed.',
  '原来承办的单位已经没有了,没有恢复。请在网页上打开这件事项,点“重启”并改派。':
    'The office that had it is no more. Open the item, reopen it and give it to another office.',
}
