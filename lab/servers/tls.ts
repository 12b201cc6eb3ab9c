import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Signed by the authority below, `self-signed` apart. For loopback tests only: the keys are public. */
export type Certificate = 'localhost' | 'elsewhere' | 'expired' | 'self-signed'

const asset = (name: string) => new URL(`./assets/tls/${name}`, import.meta.url)

/** What a client must trust to accept `localhost`. */
export const authorityFile = fileURLToPath(asset('ca.pem'))

export function certificate(name: Certificate): { cert: string; key: string } {
  return { cert: readFileSync(asset(`${name}.pem`), 'utf8'), key: readFileSync(asset(`${name}.key`), 'utf8') }
}
