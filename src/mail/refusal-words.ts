/**
 * Words by which relays say whom a final refusal is about, in English and Chinese. Those of senders and readers are tried in
 * this order, since a text about a sender that is unknown also contains “unknown”.
 */

/** The sender's own address is named, near a word that says what is wrong with it. */
const SENDER =
  /\b(sender|mail.?from|return.?path|reverse.?path|envelope.?from|from (address|header|domain))\b.{0,60}\b(reject|den(y|ied)|refus|verif|not (exist|found|allow|auth|own|valid|match|permit)|no(t)? resolv|does(n't| not) (exist|resolve|match)|must|mismatch|unknown|invalid|bad|block|misuse|spoof|forg)|\b(reject|den(y|ied)|invalid|unknown|bad|unverified|forged|spoofed|blocked|unauthori[sz]ed)\w* (the )?(envelope )?(sender|return.?path|from (address|domain))\b|\bSend(er)?AsDenied|not (owned by|allowed to send (as|from))|domain of (the )?sender|(call.?out|call.?back) (verification )?fail/i

/** Our login, our right to use the relay, our address on the network, our domain's records. */
const RELAY =
  /relay(ing)?( mail| access| to \S+)? (is |was )?(denied|not (permitted|allowed)|prohibited|rejected|refused|disabled)|(unable|not (permitted|allowed|authori[sz]ed)|refuse[sd]?|won't|will not|(do|does)(n't| not)|cannot|can't) (to )?relay|\b(no|not an? open) relay\b|rcpthosts|(not|un)[ -]?(yet )?authenticated|authenticat(e|ion) (is )?(required|first|needed|fail)|(must|please|need to) (first )?(authenticate|log ?in|issue a starttls|check your mail)|(auth|login|smtp auth\w*|pop) (is )?(required|first|before)|\b(SPF|DKIM|DMARC|DNSBL|DNSRBL|RBL|SURBL)\b|(black|block|deny|drop)[ -]?list|spamhaus|barracuda|spamcop|(low|bad|poor) (sender )?reputation|reputation (of|is|too)|(reverse|r)[ -]?DNS|\bPTR\b|\b(HELO|EHLO)\b|(client|sending|your|connecting) (host|ip|server|network|address)( address)?\b.{0,60}(reject|refus|denied|block|banned|list|not)|connection (is |was )?(denied|refused|rejected)|DNS check fail|\b(DT:(SUM|SPF)|MI:(SPB|SPF|NHD)|HL:(IHU|REP|IPB))\b|\byour ((outgoing|sending) )?(account|mailbox|mails?|messages?|login)\b.{0,60}\b(suspend|disabl|block|lock|restrict|not)|(blocked|banned|refused) (using|by (the |our )?(admin|ip)|from your)/i

const US_ZH =
  /发[件信送]?(人|者|方|域|地址|邮箱|用户|IP|服务器)[^,。;]{0,20}(不存在|被?拒|禁止|无效|非法|不合法|不一致|不匹配|不符|未|没有|无权|受限|错误|不允许|黑名单|伪造)|(未|没有|尚未)[^,。;]{0,6}(认证|登录|授权|身份)|(需要?|请先?|必须|要求)[^,。;]{0,6}(认证|身份验证|登录)|(认证|鉴权|身份验证)(失败|不通过|未通过)|(拒绝|禁止|不允许|不支持|无权|不)(进行|为)?[^,。;]{0,4}(中继|转发|代发|外发|投递到外部)|(中继|转发)[^,。;]{0,6}(被?拒|禁止|不允许|受限)|黑名单|封禁|(IP|服务器|客户端)[^,。;]{0,12}(被?拒|拒收|封|限制|信誉)|信誉|反向解析/i

/** The mailbox or address that was to be reached. */
const READER =
  /\b(unknown|no such|invalid|bad|non-?existent|inactive|disabled|unrout[e]?able|undeliverable) (local )?(user|recipient|rcpt(to)?|mailbox|account|destination|person|address|alias|local.?part|e-?mail)|(user|recipient|mailbox|account|addressee|alias|e-?mail|inbox)\b.{0,60}\b(unknown|not (found|exist|known|valid|active|recogni[sz]ed|local|listed|here)|does(n't| not) exist|doesn't have|no longer|disabled|inactive|deactivated|suspended|expired|closed|terminated|moved|invalid|undeliverable|over(drawn| ?quota| the quota)?|full|exceeded|out of storage|is locked)|(over|exceed\w*) (its |the |his )?(storage )?quota|quota (is |was )?exceeded|(not|no) (a )?(valid )?(mailbox|user|recipient)\b.{0,20}(here|by that name|with that name)|(rejected|refused|blocked) by (the )?recipients?\b|no mailbox|not our (customer|user)|(user|recipient) (is )?not (local|in)|(domain|host)( name)? (name )?(is )?(not found|unknown|does(n't| not) exist)|no (MX|mail exchange|valid hosts?)|null ?MX|(does|do) not accept (mail|e-?mail)|unrout[e]?able/i

const READER_ZH =
  /(用户|收件人|收信人|邮箱|信箱|账号|帐号|账户|帐户|地址|邮件地址|邮址|域名)[^,。;]{0,12}(不存在|无效|未找到|找不到|不正确|有误|错误|已?(停用|注销|禁用|冻结|关闭|失效|锁定|过期|销户|满)|空间不足|容量(不足|已满|超)|未(开通|激活|启用)|不可用)|(没有|无|查无|不存在|未知|找不到|无效)(的|此|该|这个|这样的)?(用户|收件人|收信人|人|邮箱|信箱|账号|帐号|地址)|(邮箱|信箱)(空间|容量)?(已?满|不足)|超[过出](邮箱|信箱)?(容量|配额|空间)/i

/** How large this mail is. */
const SIZE =
  /(message|mail|data|body|header|line|attachment|content)s?( size)?\b.{0,40}\b(too (large|big|long)|exceed|over(size| limit))|\bsize\b.{0,30}\b(exceed|limit|too)|too (large|big)|(邮件|信件|附件|正文|大小)[^,。;]{0,12}(过大|太大|超[过出])/i

/** What is in it. */
const CONTENT =
  /(message|mail|data|body|header|line|attachment|content)s?\b.{0,40}\b(not allowed|malformed|prohibited)|\b(spam|virus|malware|phish\w*|unsolicited|trojan|infected|DT:SPM)\b|(content|message|mail|attachment|header)s? (was |is |has been |were )?(rejected|denied|refused|filtered|blocked)|(rejected|refused|blocked)\b.{0,30}\b(content|policy filter|attachment)|8BITMIME|SMTPUTF8|(邮件|信件|附件|正文|内容)[^,。;]{0,12}(违规|不合规|被?拦截|含有|包含|病毒|敏感)|垃圾邮件|病毒|反垃圾|内容过滤/i

/** How the relay itself fares, in a reply that puts a mail off. */
const SERVER =
  /temporar(y|ily) (local |DNS |lookup |authentication )?(problem|failure|error)|\b(queue file|disk|storage|filesystem)\b.{0,20}\b(write|full|error|insufficient|space)|insufficient (system |disk )?(storage|resources|space|memory)|local (configuration )?error|(server|system|service|load) (is |was )?(currently |temporarily )?(too )?(busy|down|overload\w*|unavailable|not available|error|configuration|shutting)|too (busy|high)|shutting down|load average|(服务器?|系统)[^,。;]{0,6}(繁忙|忙|故障|错误|不可用|维护|关闭|过载)|磁盘|系统资源不足/i

/** Whether a reply that puts a mail off speaks of the relay's own state. */
export function speaksOfServer(text: string): boolean {
  return SERVER.test(text)
}

export type SpokenAbout = 'us' | 'reader' | 'mail'

/**
 * Whom the words are about; null where they do not say.
 * @param seen whether the relay had the message: a content it never saw is a word about who sends
 */
export function spokenAbout(text: string, seen: boolean): SpokenAbout | null {
  if (SENDER.test(text) || RELAY.test(text) || US_ZH.test(text)) return 'us'
  if (READER.test(text) || READER_ZH.test(text)) return 'reader'
  if (SIZE.test(text)) return 'mail'
  if (CONTENT.test(text)) return seen ? 'mail' : 'us'
  return null
}
