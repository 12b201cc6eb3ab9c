import {
  CompactSign,
  calculateJwkThumbprint,
  compactVerify,
  exportJWK,
  generateKeyPair,
  type JWK,
} from 'jose'
import { createOnce, ownFile } from '../persistence/create-once.ts'
import { readKeptFile } from '../persistence/kept-file.ts'
import { StartError } from '../start-error.ts'

/** The one algorithm of our own tokens (RFC 7518 §3.4). */
export const algorithm = 'ES256'

/** An ES256 key pair as JWKs. `kid` is the public key's thumbprint (RFC 7638). */
export interface SigningKey {
  kid: string
  privateJwk: JWK
  publicJwk: JWK
}

/** Where the key lives unless an option names another file. */
export function signingKeyFile(env?: NodeJS.ProcessEnv): string {
  return ownFile('signing-key.json', env)
}

/** A new key pair, kept nowhere. */
export async function generateSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true })
  return describe(await exportJWK(privateKey))
}

/**
 * Reads the key, or creates it on the first start, so that tokens outlive restarts. Any number of
 * processes may do so at once: all end up with the same key. Throws {@link StartError}.
 */
export async function loadSigningKey(file: string = signingKeyFile()): Promise<SigningKey> {
  return (await read(file)) ?? (await create(file)) ?? unusable(file, 'vanished while it was read')
}

/** A key has a few hundred. */
const maxBytes = 2 ** 20

async function read(file: string): Promise<SigningKey | undefined> {
  const source = readKeptFile(file, maxBytes)
  if (source === undefined) return undefined
  try {
    return await parseSigningKey(source)
  } catch {
    return unusable(
      file,
      'no usable ES256 private key (JWK). Remove the file to have a new key made; tokens issued so far end with it',
    )
  }
}

async function create(file: string): Promise<SigningKey | undefined> {
  const { privateJwk } = await generateSigningKey()
  await createOnce(file, `${JSON.stringify(privateJwk, null, 2)}\n`)
  return read(file)
}

/** Reads a private JWK. Throws where it is no usable ES256 key. */
export async function parseSigningKey(source: string): Promise<SigningKey> {
  const key = await describe(JSON.parse(source))
  await prove(key)
  return key
}

async function describe({ kty, crv, x, y, d }: JWK): Promise<SigningKey> {
  const point = { kty, crv, x, y } as JWK
  const kid = await calculateJwkThumbprint(point)
  const publicJwk = { ...point, kid, alg: algorithm, use: 'sig' }
  return { kid, publicJwk, privateJwk: { ...publicJwk, d } as JWK }
}

async function prove({ privateJwk, publicJwk }: SigningKey): Promise<void> {
  const probe = new CompactSign(new TextEncoder().encode('probe')).setProtectedHeader({ alg: algorithm })
  await compactVerify(await probe.sign(privateJwk), publicJwk, { algorithms: [algorithm] })
}

function unusable(file: string, reason: string): never {
  throw new StartError(file, reason)
}
