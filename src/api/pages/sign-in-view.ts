import { html, type Html, type PageOptions } from './shell.ts'

/** A sample person who can be chosen without a password, in a demonstration on this machine. */
export type SamplePerson = { id: string; name: string; what: string }

type SignInView = { next: string; email?: string; problem?: string | null; samples: readonly SamplePerson[] }

export function signInPage({ next, email = '', problem = null, samples }: SignInView): PageOptions {
  const body = html`<h1>登录</h1>
    ${problem ? html`<p class="late" role="alert">${problem}</p>` : null}
    ${samples.length > 0 ? sampleChoice(samples, next) : null}
    <form class="narrow" method="post" action="/sign-in">
      <input type="hidden" name="next" value="${next}" />
      <label
        >工作邮箱 <input name="email" type="email" autocomplete="username" required value="${email}"
      /></label>
      <label>密码 <input name="password" type="password" autocomplete="current-password" required /></label>
      <label
        >动态口令(开启了两步验证时填写)
        <input name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="6"
      /></label>
      <div><button class="main" type="submit">登录</button> <a href="/forgotten">忘记密码</a></div>
    </form>`
  return { title: '登录', body, links: [] }
}

function sampleChoice(samples: readonly SamplePerson[], next: string): Html {
  return html`<p>这是演示:点一个人,就以他的身份查看。每个人看到的不同。</p>
    <form class="people" method="post" action="/sign-in">
      <input type="hidden" name="next" value="${next}" />
      ${samples.map((s) => html`<button type="submit" name="person" value="${s.id}">${s.what} ${s.name}</button>`)}
    </form>
    <h2>用密码登录</h2>`
}

export function forgottenPage({ sent }: { sent: boolean }): PageOptions {
  const body = html`<h1>忘记密码</h1>
    ${
      sent
        ? html`<p>
              如果这个邮箱在系统中登记过,重设密码的链接已经发出,一小时内有效。没有收到?看看垃圾邮件,或联系县救助中心。
            </p>
            <p><a href="/sign-in">回到登录</a></p>`
        : html`<form class="narrow" method="post" action="/forgotten">
            <label>工作邮箱 <input name="email" type="email" autocomplete="username" required /></label>
            <div><button class="main" type="submit">发送重设链接</button></div>
          </form>`
    }`
  return { title: '忘记密码', body, links: [] }
}

export function setPasswordPage({ token, problem }: { token: string; problem: string | null }): PageOptions {
  const body = html`<h1>设置密码</h1>
    <p>至少 12 个字符,可以是一句话;不要用常见的密码、姓名或邮箱。</p>
    ${problem ? html`<p class="late" role="alert">${problem}</p>` : null}
    <form class="narrow" method="post" action="/set-password">
      <input type="hidden" name="token" value="${token}" />
      <label
        >新密码 <input name="password" type="password" autocomplete="new-password" required minlength="12"
      /></label>
      <label
        >动态口令(开启了两步验证时填写)
        <input name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="6"
      /></label>
      <div><button class="main" type="submit">保存并登录</button></div>
    </form>`
  return { title: '设置密码', body, links: [] }
}
