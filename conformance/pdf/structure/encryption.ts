import { aes, hardenedHash, hash, rc4, unwrapKey } from './ciphers.ts'
import { type Dictionary, dictionaryOf, isName, Name, PdfString, Stream, type Value } from './values.ts'

/** How the file is encrypted (ISO 32000-2 §7.6). */
export interface Encryption {
  filter: string
  version: number
  revision: number
  keyBits: number
  /** Undefined for security handlers other than the standard one. */
  opensWithoutPassword: boolean | undefined
}

interface Owner {
  number: number
  generation: number
}

type Resolve = (value: Value | undefined) => Value | undefined
type Method = 'V2' | 'AESV2' | 'AESV3' | 'Identity'

const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex')

/** Undoes the standard security handler's encryption with a file key. */
export class Decryption {
  readonly #key: Buffer
  readonly #strings: Method
  readonly #streams: Method
  readonly #clearMetadata: boolean
  /** The /Encrypt dictionary's own object, whose strings are never encrypted. */
  readonly #exempt: number | undefined

  constructor(key: Buffer, dictionary: Dictionary, resolve: Resolve, exempt: number | undefined) {
    this.#key = key
    this.#strings = methodOf(dictionary, 'StrF', resolve)
    this.#streams = methodOf(dictionary, 'StmF', resolve)
    this.#clearMetadata = resolve(dictionary.get('EncryptMetadata')) === false
    this.#exempt = exempt
  }

  /** Undefined where the data does not fit its cipher. */
  decryptStream(data: Buffer, { dictionary, number, generation }: Stream): Buffer | undefined {
    const type = dictionary.get('Type')
    const filter = dictionary.get('Filter')
    const isClear =
      isName(type, 'XRef') ||
      (isName(type, 'Metadata') && this.#clearMetadata) ||
      isName(Array.isArray(filter) ? filter[0] : filter, 'Crypt')
    return isClear ? data : this.#decrypt(data, { number, generation }, this.#streams)
  }

  decryptStrings(value: Value | undefined, owner: Owner): Value | undefined {
    if (value === undefined || owner.number === this.#exempt) return value
    if (value instanceof PdfString) {
      const clear = this.#decrypt(Buffer.from(value.bytes, 'latin1'), owner, this.#strings)
      return new PdfString(clear?.toString('latin1') ?? '')
    }
    if (Array.isArray(value)) return value.map((item) => this.decryptStrings(item, owner)!)
    if (value instanceof Map) return this.#decryptDictionary(value, owner)
    if (!(value instanceof Stream)) return value
    const { dictionary, start, number, generation } = value
    return new Stream(this.#decryptDictionary(dictionary, owner), start, number, generation)
  }

  #decryptDictionary(dictionary: Dictionary, owner: Owner): Dictionary {
    return new Map([...dictionary].map(([key, value]) => [key, this.decryptStrings(value, owner)!]))
  }

  #decrypt(data: Buffer, { number, generation }: Owner, method: Method): Buffer | undefined {
    if (method === 'Identity') return data
    if (method === 'AESV3') return aes(this.#key, data)
    const suffix = Buffer.alloc(5)
    suffix.writeUIntLE(number & 0xffffff, 0, 3)
    suffix.writeUIntLE(generation & 0xffff, 3, 2)
    const salt = Buffer.from(method === 'AESV2' ? 'sAlT' : '')
    const key = hash('md5', this.#key, suffix, salt).subarray(0, Math.min(16, this.#key.length + 5))
    return method === 'AESV2' ? aes(key, data) : rc4(key, data)
  }
}

function methodOf(dictionary: Dictionary, use: 'StrF' | 'StmF', resolve: Resolve): Method {
  if (Number(resolve(dictionary.get('V'))) < 4) return 'V2'
  const name = resolve(dictionary.get(use))
  if (!(name instanceof Name) || name.value === 'Identity') return 'Identity'
  const filter = dictionaryOf(resolve(dictionaryOf(resolve(dictionary.get('CF')))?.get(name.value)))
  const method = resolve(filter?.get('CFM'))
  if (method instanceof Name && /^(V2|AESV2|AESV3)$/.test(method.value)) return method.value as Method
  return 'Identity'
}

/** What /Encrypt says, and the decryption where the empty user password opens the file. */
export function readEncryption(
  dictionary: Dictionary,
  fileId: string,
  resolve: Resolve,
  exempt: number | undefined,
): { encryption: Encryption; decryption: Decryption | undefined } {
  const number = (key: string, otherwise: number) => {
    const value = resolve(dictionary.get(key))
    return typeof value === 'number' ? value : otherwise
  }
  const filter = resolve(dictionary.get('Filter'))
  const encryption: Encryption = {
    filter: filter instanceof Name ? filter.value : '',
    version: number('V', 0),
    revision: number('R', 0),
    keyBits: number('V', 0) === 5 ? 256 : number('Length', number('V', 0) === 4 ? 128 : 40),
    opensWithoutPassword: undefined,
  }
  if (encryption.filter !== 'Standard') return { encryption, decryption: undefined }
  const key = fileKey(dictionary, encryption, fileId, resolve)
  encryption.opensWithoutPassword = key !== undefined
  return { encryption, decryption: key && new Decryption(key, dictionary, resolve, exempt) }
}

function fileKey(
  dictionary: Dictionary,
  { revision, keyBits }: Encryption,
  fileId: string,
  resolve: Resolve,
) {
  const string = (key: string) => {
    const value = resolve(dictionary.get(key))
    return Buffer.from(value instanceof PdfString ? value.bytes : '', 'latin1')
  }
  const user = string('U')
  if (revision >= 5) {
    if (user.length < 48 || string('UE').length !== 32) return undefined
    const isRight = hardenedHash(user.subarray(32, 40), revision >= 6).equals(user.subarray(0, 32))
    return isRight ? unwrapKey(hardenedHash(user.subarray(40, 48), revision >= 6), string('UE')) : undefined
  }
  const id = Buffer.from(fileId, 'latin1')
  const length = revision === 2 ? 5 : Math.min(16, Math.max(5, keyBits >> 3))
  const permissions = Buffer.alloc(4)
  permissions.writeInt32LE(Number(resolve(dictionary.get('P'))) | 0)
  const isMetadataClear = revision >= 4 && resolve(dictionary.get('EncryptMetadata')) === false
  const owner = string('O').subarray(0, 32)
  let key = hash('md5', padding, owner, permissions, id, Buffer.alloc(isMetadataClear ? 4 : 0, 0xff))
  if (revision >= 3) for (let i = 0; i < 50; i++) key = hash('md5', key.subarray(0, length))
  key = key.subarray(0, length)
  return userEntry(key, revision, id).equals(user.subarray(0, revision === 2 ? 32 : 16)) ? key : undefined
}

/** What /U must be for the empty password: algorithms 4 and 5 of ISO 32000-2 §7.6.4.4. */
function userEntry(key: Buffer, revision: number, id: Buffer): Buffer {
  if (revision === 2) return rc4(key, padding)
  let entry = hash('md5', padding, id)
  for (let i = 0; i < 20; i++) entry = rc4(Buffer.from(key.map((byte) => byte ^ i)), entry)
  return entry
}
