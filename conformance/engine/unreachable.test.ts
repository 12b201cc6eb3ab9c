import { expect, test } from 'vitest'
import { NoResponseError } from '../http/transport.ts'
import { explainUnreachable } from './unreachable.ts'

const base = 'https://staging.example.com/'
const openSsl = (reason: string) =>
  `write EPROTO C0C65FB7917F0000:error:0A00045C:SSL routines:ssl3_read_bytes:${reason}:../deps/openssl/ssl/record/rec_layer_s3.c:918:SSL alert number 116\n`

// As Node 24 reports them of servers that behave so.
test.each([
  [
    'ECONNREFUSED',
    'connect ECONNREFUSED 127.0.0.1:1',
    /nobody listens there \(ECONNREFUSED\); check the base URL/,
  ],
  ['ECONNRESET', 'socket hang up', /closes the connection .*; check the base URL \(http or https\?\)/],
  [
    'EPROTO',
    openSsl('unsupported protocol'),
    /older versions of TLS only \(EPROTO, unsupported protocol\); .* TLS 1\.2/,
  ],
  ['EPROTO', openSsl('tlsv1 alert protocol version'), /older versions of TLS only/],
  ['EPROTO', openSsl('wrong version number'), /is not TLS .*; try http:\/\//],
  [
    'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    openSsl('tlsv13 alert certificate required'),
    /demands a certificate of the client.*; give an address that demands none$/,
  ],
  [
    'EPROTO',
    openSsl('sslv3 alert handshake failure'),
    /breaks the TLS handshake off .*; it may demand a certificate/,
  ],
  ['EPROTO', openSsl('tlsv1 unrecognized name'), /no certificate for this name .*; ask for it by its name/],
  ['UNSPECIFIED', 'CA signature digest algorithm too weak', /no longer safe \(UNSPECIFIED\); it needs a new/],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    "Hostname/IP does not match certificate's altnames: Host: localhost. is not in the cert's altnames: DNS:elsewhere.example",
    /for other names: DNS:elsewhere\.example \(ERR_TLS_CERT_ALTNAME_INVALID\); ask for it by a name/,
  ],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'unable to get local issuer certificate', /give --ca FILE/],
  ['EHOSTUNREACH', 'connect EHOSTUNREACH 10.0.0.1:443', /connect EHOSTUNREACH .*; check the base URL/],
])('%s (%s) says what to do', (code, message, sentence) => {
  const text = explainUnreachable(new NoResponseError(code, message), base)
  expect(text).toMatch(sentence)
  expect(text).toMatch(/^https:\/\/staging\.example\.com\/ cannot be reached: /)
  expect(text).not.toMatch(/\n|deps|error:/)
})
