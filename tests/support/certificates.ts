import { generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto'

/** A certificate and its key, as PEM. */
export type Identity = { cert: string; key: string }
export type Authority = Identity & {
  /** @param names of hosts; none for a client */
  issue(subject: string, ...names: string[]): Identity
}

/** A throw-away CA: node makes keys and signs, but writes no certificates. They hold for an hour, over P-256. */
export function makeAuthority(name: string): Authority {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const extensions = [extension('551d13', seq(der(0x01, Buffer.of(0xff))), true)]
  const root = { issuer: name, issuerKey: privateKey }
  return {
    cert: certificate({ ...root, subject: name, publicKey, extensions }),
    key: pem(privateKey),
    issue(subject, ...names) {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const alternatives = seq(...names.map((n) => der(0x82, Buffer.from(n))))
      const theirs = names.length > 0 ? [extension('551d11', alternatives)] : []
      const cert = certificate({ ...root, subject, publicKey: own.publicKey, extensions: theirs })
      return { cert, key: pem(own.privateKey) }
    },
  }
}

const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString()

/** X.690: tag, length, content. */
function der(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content)
  const bytes =
    body.length < 0x80 ? [] : body.length < 0x100 ? [body.length] : [body.length >> 8, body.length & 0xff]
  const length = bytes.length === 0 ? [body.length] : [0x80 | bytes.length, ...bytes]
  return Buffer.concat([Buffer.of(tag, ...length), body])
}
const seq = (...content: Buffer[]) => der(0x30, ...content)
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const utf8 = (text: string) => der(0x0c, Buffer.from(text))
const time = (at: number) =>
  der(
    0x17,
    Buffer.from(
      `${new Date(at)
        .toISOString()
        .replace(/[-:T]|\..*/g, '')
        .slice(2)}Z`,
    ),
  )

const ECDSA_SHA256 = seq(oid('2a8648ce3d040302'))
const commonName = (text: string) => seq(der(0x31, seq(oid('550403'), utf8(text))))

function extension(id: string, value: Buffer, critical = false): Buffer {
  return seq(oid(id), ...(critical ? [der(0x01, Buffer.of(0xff))] : []), der(0x04, value))
}

type Wanted = {
  issuer: string
  issuerKey: KeyObject
  subject: string
  publicKey: KeyObject
  extensions: Buffer[]
}

/** RFC 5280, version 3. */
function certificate({ issuer, issuerKey, subject, publicKey, extensions }: Wanted): string {
  const now = Date.now()
  const toBeSigned = seq(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.concat([Buffer.of(1), randomBytes(15)])),
    ECDSA_SHA256,
    commonName(issuer),
    seq(time(now - 3_600_000), time(now + 3_600_000)),
    commonName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length > 0 ? [der(0xa3, seq(...extensions))] : []),
  )
  const signature = der(0x03, Buffer.of(0), sign('sha256', toBeSigned, issuerKey))
  return new X509Certificate(seq(toBeSigned, ECDSA_SHA256, signature)).toString()
}
