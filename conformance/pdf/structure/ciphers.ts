import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'

/** RC4, which OpenSSL 3 no longer offers and PDF up to 1.7 still uses. */
export function rc4(key: Buffer, data: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, i) => i)
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + state[i]! + key[i % key.length]!) & 255
    swap(state, i, j)
  }
  const out = Buffer.alloc(data.length)
  for (let n = 0, i = 0, j = 0; n < data.length; n++) {
    i = (i + 1) & 255
    j = (j + state[i]!) & 255
    swap(state, i, j)
    out[n] = data[n]! ^ state[(state[i]! + state[j]!) & 255]!
  }
  return out
}

function swap(state: Uint8Array, i: number, j: number): void {
  const kept = state[i]!
  state[i] = state[j]!
  state[j] = kept
}

/** AES-CBC whose first block is the initialization vector (ISO 32000-2 §7.6.3.2); undefined where it does not fit. */
export function aes(key: Buffer, data: Buffer): Buffer | undefined {
  if (data.length < 32) return Buffer.alloc(0)
  const decipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, data.subarray(0, 16))
  try {
    const whole = data.subarray(16, data.length - (data.length % 16))
    return Buffer.concat([decipher.update(whole), decipher.final()])
  } catch {
    return undefined
  }
}

export function unwrapKey(key: Buffer, wrapped: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-cbc', key, Buffer.alloc(16)).setAutoPadding(false)
  return Buffer.concat([decipher.update(wrapped), decipher.final()])
}

export function hash(algorithm: string, ...parts: Buffer[]): Buffer {
  return createHash(algorithm).update(Buffer.concat(parts)).digest()
}

/** Algorithm 2.B of ISO 32000-2 §7.6.4.3.4 for the empty password; `isRevision6` false: its simpler forerunner. */
export function hardenedHash(salt: Buffer, isRevision6: boolean): Buffer {
  let key = hash('sha256', salt)
  if (!isRevision6) return key
  for (let round = 0, last = 0; round < 64 || last > round - 32; round++) {
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(
      false,
    )
    const encrypted = cipher.update(Buffer.concat(Array<Buffer>(64).fill(key)))
    const remainder = encrypted.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3
    key = hash(['sha256', 'sha384', 'sha512'][remainder]!, encrypted)
    last = encrypted.at(-1)!
  }
  return key.subarray(0, 32)
}
