import { crc32 } from 'node:zlib'

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 30
const CENTRAL = 46

/** The files of an archive by their names, read from its directory at the end; each is held against its checksum. */
export function unzip(archive: Buffer): Map<string, Buffer> {
  const end = archive.length - 22
  if (archive.readUInt32LE(end) !== END) throw new Error('the archive does not end')
  const count = archive.readUInt16LE(end + 10)
  const files = new Map<string, Buffer>()
  for (let at = archive.readUInt32LE(end + 16), nth = 0; nth < count; nth++) {
    if (archive.readUInt32LE(at) !== ENTRY) throw new Error('no entry where one should be')
    const [method, crc, size] = [
      archive.readUInt16LE(at + 10),
      archive.readUInt32LE(at + 16),
      archive.readUInt32LE(at + 20),
    ]
    const [name, extra, comment] = [28, 30, 32].map((field) => archive.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ]
    const head = archive.readUInt32LE(at + 42)
    const data = head + LOCAL + archive.readUInt16LE(head + 26) + archive.readUInt16LE(head + 28)
    const content = archive.subarray(data, data + size)
    if (method !== 0 || crc32(content) !== crc) throw new Error('a file is not what its entry says')
    // The names are in UTF-8, and say so.
    if ((archive.readUInt16LE(at + 8) & 0x800) === 0) throw new Error('a name is of no known encoding')
    files.set(archive.toString('utf8', at + CENTRAL, at + CENTRAL + name), content)
    at += CENTRAL + name + extra + comment
  }
  return files
}
