import type { NoResponseError } from '../http/transport.ts'

/** What an error of the connection means, and what to do about it. */
interface Explanation {
  /** Of the code of the error and, of TLS, the reason that OpenSSL gives. */
  pattern: RegExp
  reason: string
  advice?: string
}

const explanations: Explanation[] = [
  { pattern: /^ECONNREFUSED/, reason: 'nobody listens there' },
  { pattern: /^ENOTFOUND/, reason: 'there is no host of that name' },
  { pattern: /^EAI_AGAIN/, reason: 'its name cannot be looked up' },
  {
    pattern: /^ETIMEDOUT/,
    reason: 'it does not answer in time',
    advice: 'check the base URL, and that the deployment runs; --timeout waits longer',
  },
  {
    pattern: /^ECONNRESET/,
    reason: 'it closes the connection without an answer',
    advice: 'check the base URL (http or https?), and that the deployment runs',
  },
  {
    pattern: /^DEPTH_ZERO_SELF_SIGNED_CERT/,
    reason: 'it signed its certificate itself',
    advice: 'give --ca FILE for a private authority',
  },
  {
    pattern: /SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)/,
    reason: 'nobody whom this machine trusts signed its certificate',
    advice: 'give --ca FILE for a private authority',
  },
  {
    pattern: /^ERR_TLS_CERT_ALTNAME_INVALID/,
    reason: 'its certificate is for other names',
    advice: 'ask for it by a name that its certificate has',
  },
  {
    pattern: /^CERT_HAS_EXPIRED/,
    reason: 'its certificate has expired',
    advice: 'it needs a new certificate; --insecure goes on without',
  },
  {
    pattern: /^CERT_NOT_YET_VALID/,
    reason: 'its certificate is not valid yet',
    advice: 'it needs another certificate; --insecure goes on without',
  },
  {
    pattern: /too weak|too small/,
    reason: 'its certificate is signed in a way that is no longer safe',
    advice: 'it needs a new certificate; --insecure goes on without',
  },
  {
    pattern: /unsupported protocol|protocol version/,
    reason: 'it speaks older versions of TLS only',
    advice: 'it needs TLS 1.2 or later',
  },
  {
    pattern: /wrong version number|packet length too long|http request/,
    reason: 'what it answers is not TLS',
    advice: 'try http://, or the port that serves https',
  },
  {
    pattern: /certificate required|alert bad certificate/,
    reason: 'it demands a certificate of the client, and the suite has none',
    advice: 'give an address that demands none',
  },
  {
    pattern: /unrecognized name|no suitable signature|no certificate/,
    reason: 'it has no certificate for this name',
    advice: 'ask for it by its name, not by its address',
  },
  {
    pattern: /handshake failure|no shared cipher/,
    reason: 'it breaks the TLS handshake off',
    advice: 'it may demand a certificate of the client, or know no cipher that is still safe',
  },
]

/** Why a deployment cannot be reached and what to do, in one sentence. */
export function explainUnreachable({ code, message }: NoResponseError, base: string): string {
  const detail = openSslReason(message) ?? message
  const known = explanations.find(({ pattern }) => pattern.test(`${code} ${detail}`))
  const advice = known?.advice ?? 'check the base URL, and that the deployment runs'
  const names =
    code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? /altnames: ((?:DNS:|IP)[^\n]*)/.exec(message)?.[1] : undefined
  const reason = (known?.reason ?? detail) + (names ? `: ${names.slice(0, 200)}` : '')
  return `${base} cannot be reached: ${reason} (${code}${openSslReason(message) ? `, ${detail}` : ''}); ${advice}`
}

/** `C0C65FB7917F0000:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:../deps/…` */
function openSslReason(message: string): string | undefined {
  return /:SSL routines:[^:]*:([^:\n]+)/.exec(message)?.[1]
}
