import { type KeyObject, sign } from 'node:crypto'

/** One DER element (X.690): tag, length, content. */
function element(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const octets = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...octets]), content])
}

const sequence = (...parts: Buffer[]) => element(0x30, ...parts)
const identifier = (hex: string) => element(0x06, Buffer.from(hex, 'hex'))
const time = (text: string) => element(0x18, Buffer.from(text))

const ecdsaWithSha256 = sequence(identifier('2a8648ce3d040302'))
const rsaWithSha256 = sequence(identifier('2a864886f70d01010b'), element(0x05))
const version3 = element(0xa0, element(0x02, Buffer.from([2])))
const serialNumber = element(0x02, Buffer.from([1]))
const validity = sequence(time('20200101000000Z'), time('21200101000000Z'))

/** A certificate (RFC 5280, DER) that the holder of a P-256 or RSA key made out to themselves. */
export function selfSigned(name: string, privateKey: KeyObject, publicKey: KeyObject): Buffer {
  const algorithm = privateKey.asymmetricKeyType === 'rsa' ? rsaWithSha256 : ecdsaWithSha256
  const commonName = sequence(identifier('550403'), element(0x0c, Buffer.from(name)))
  const distinguishedName = sequence(element(0x31, commonName))
  const certified = sequence(
    version3,
    serialNumber,
    algorithm,
    distinguishedName,
    validity,
    distinguishedName,
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = sign('sha256', certified, privateKey)
  return sequence(certified, algorithm, element(0x03, Buffer.from([0]), signature))
}
