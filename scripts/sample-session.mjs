// Signs in as a sample person of a demonstration on this machine, and prints the cookie: node sample-session.mjs URL KEY ROLE
const [url, key, role] = process.argv.slice(2)
const json = async (response) => {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`)
  return response.json()
}
const headers = { authorization: `Bearer ${key}` }
const { items } = await json(await fetch(`${url}/v1/people`, { headers }))
const { id } = items.find((person) => person.roles.some((r) => r.role === role))
const signedIn = await fetch(`${url}/v1/session`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ person: id }),
})
await json(signedIn)
process.stdout.write(signedIn.headers.getSetCookie()[0].split(';')[0])
