import type { signInWords as zh } from './sign-in.zh-CN.ts'

export const signInWords: typeof zh = {
  signIn: {
    title: 'Sign in',
    product: 'Duban · deadlines of a county safety net',
    demoBeingMade: '{progress}: numbers are not complete yet, and renew themselves once it is made.',
    email: 'Work e-mail',
    password: 'Password',
    code: 'One-time code',
    codeHint: 'Six digits, if your account has a second factor',
    submit: 'Sign in',
    trust: 'This device is my own: stay signed in for 30 days',
    trustHint:
      'Not on a shared computer. After 12 hours, households in full and management ask for another sign-in.',
    again:
      'You signed in on this device more than 12 hours ago: households in full and management ask for another sign-in.',
    againNow: 'Sign in again',
    forgotten: 'Forgotten password',
    demo: 'This is a demonstration: choose a person to see what they see.',
    as: 'Sign in as {role}',
    byPassword: 'Sign in by password',
    follows: {
      item: 'After signing in the item of the link opens.',
      mail: 'After signing in what this link of the mail counts opens.',
      list: 'After signing in the list of the link opens.',
    },
  },
  forgotten: {
    title: 'Forgotten password',
    submit: 'Send a link',
    sent: 'If the address is known, a link has been sent; it holds for one hour. Nothing came? Look among spam, or ask the county’s relief centre.',
    back: 'Back to sign-in',
  },
  setPassword: {
    title: 'Set a password',
    rule: 'At least 12 characters; a sentence will do. No common password, no name, no address.',
    next: 'New password',
    submit: 'Save and sign in',
    signInNext: 'The password is saved. Your account has a second factor: please sign in.',
    resetTitle: 'Set a new password',
    until: 'This link works once, until {at} (Beijing time).',
    dead: {
      used: 'This link was used already, or a later mail replaced it.',
      expired: 'This link has expired.',
      unknown:
        'This link is incomplete, or we did not send it. Please open it from the mail again, or copy its whole address.',
    },
    another:
      'Enter your work address here and a new link comes to your mailbox; if none arrives, ask the county centre or the administrator.',
    askAnother: 'Ask for another link',
  },
}
