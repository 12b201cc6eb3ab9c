import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { selfSigned } from './self-signed.ts'

test('anybody can read the certificate, and its own key verifies it', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const certificate = new X509Certificate(selfSigned('stranger', privateKey, publicKey))
  expect(certificate.subject).toBe('CN=stranger')
  expect(certificate.issuer).toBe(certificate.subject)
  expect(certificate.verify(publicKey)).toBe(true)
  expect(certificate.publicKey.equals(publicKey)).toBe(true)
  expect(certificate.validToDate.getTime()).toBeGreaterThan(Date.now())
})
