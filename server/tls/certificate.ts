import { X509Certificate } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import { createOnce, ownFile } from '../persistence/create-once.ts'
import { readKeptFile } from '../persistence/kept-file.ts'
import { StartError } from '../start-error.ts'
import { networkAddresses } from './network-addresses.ts'

/** A self-signed certificate and its private key, as PEM. */
export interface Certificate {
  cert: string
  key: string
}

const days = 24 * 3600 * 1000
// Apple's systems accept no server certificate that is valid for more than 825 days.
const lifetime = 800 * days
const leastLeft = 7 * days

/** The names and addresses under which a mock is opened from this machine and its network. */
function ownNames(): string[] {
  return ['localhost', '*.localhost', hostname(), '127.0.0.1', '::1', ...networkAddresses()]
}

/** A new certificate, kept nowhere. */
export async function generateCertificate(now = new Date()): Promise<Certificate> {
  const { generate } = await import('./selfsigned.ts')
  const altNames = ownNames().map((name) =>
    isIP(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: name },
  )
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'altostrat-contract mock' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now.getTime() - days),
    notAfterDate: new Date(now.getTime() + lifetime),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
  })
  return { cert, key }
}

/** The file of the certificate that `--https` uses. */
export const certificateFile = () => ownFile('certificate.pem')

/**
 * Reads the certificate, or creates it, so that it has to be trusted only once. One that has expired or does not have
 * this machine's addresses is replaced. Throws {@link StartError}.
 */
export async function loadCertificate(file = certificateFile(), now = new Date()): Promise<Certificate> {
  const kept = read(file)
  if (kept && isUsable(kept, now)) return kept
  if (kept) await rm(file, { force: true })
  const { cert, key } = await generateCertificate(now)
  await createOnce(file, `${cert.trim()}\n${key.trim()}\n`)
  return read(file) ?? unusable(file)
}

/** A certificate with its key has 2 kB. */
const maxBytes = 2 ** 20

function read(file: string): Certificate | undefined {
  const source = readKeptFile(file, maxBytes)
  if (source === undefined) return undefined
  const [cert] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(source) ?? []
  const [key] = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/.exec(source) ?? []
  return cert && key ? { cert, key } : unusable(file)
}

function isUsable({ cert }: Certificate, now: Date): boolean {
  const certificate = new X509Certificate(cert)
  const isLasting = new Date(certificate.validTo).getTime() > now.getTime() + leastLeft
  return isLasting && networkAddresses().every((address) => certificate.checkIP(address) !== undefined)
}

function unusable(file: string): never {
  throw new StartError(file, 'no certificate with its key (PEM). Remove the file to have a new one made')
}
