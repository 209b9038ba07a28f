import { createServer } from 'node:net'

/** A port nobody listens on now. */
export function freePort(host = '127.0.0.1'): Promise<number> {
  return tryPort(0, host)
}

/** The port asked for, or any free one when it is taken. */
export async function portNear(asked: number, host: string): Promise<number> {
  try {
    return await tryPort(asked, host)
  } catch {
    return freePort(host)
  }
}

function tryPort(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}
