import { createHash } from 'node:crypto'
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { sample } from '../../../vitest.sampling.ts'
import { Redactor } from './redactor.ts'

/** Characters without pattern, the same ones in each run. */
const noise = (size: number, seed: string) =>
  Buffer.concat(
    [0, 1, 2, 3, 4, 5, 6, 7].map((part) => createHash('sha512').update(`${seed}${part}`).digest()),
  )
    .toString('base64url')
    .slice(0, size)

const signature = noise(86, 'signature')
const token = `eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.${noise(240, 'payload')}.${signature}`
const redactor = new Redactor()
redactor.learn(token, 'MEMBER_TOKEN')

const codes = (text: string) => [...Buffer.from(text)]
const hex = (code: number) => code.toString(16).padStart(2, '0')

const base64 = (text: string | Buffer) => Buffer.from(text as string).toString('base64')
const bits = (text: string) => codes(text).map((code) => code.toString(2).padStart(8, '0'))
const base32 = (text: string) =>
  (
    bits(text)
      .join('')
      .match(/.{1,5}/g) ?? []
  )
    .map((group) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(group.padEnd(5, '0'), 2)])
    .join('')
const ascii85 = (bytes: Buffer) => {
  let digits = ''
  for (let at = 0; at < bytes.length; at += 4) {
    const group = Buffer.alloc(4)
    const size = bytes.copy(group, 0, at, at + 4)
    let value = group.readUInt32BE()
    let five = ''
    for (let count = 0; count < 5; count++) {
      five = String.fromCharCode(33 + (value % 85)) + five
      value = Math.floor(value / 85)
    }
    digits += five.slice(0, size + 1)
  }
  return digits.replaceAll(/.{70}/g, '$&\n')
}
const wide = (text: string) => Buffer.from(text, 'utf16le').swap16()

/** In what can be decoded, in several layers. */
const encodings: Record<string, (text: string) => string> = {
  'in base64 three times': (text) => base64(base64(base64(text))),
  'in base64 four times': (text) => base64(base64(base64(base64(text)))),
  'in hexadecimal digits twice, and base64': (text) =>
    base64(Buffer.from(Buffer.from(text).toString('hex')).toString('hex')),
  'in base64 that is percent-encoded': (text) =>
    codes(base64(base64(text)))
      .map((code) => `%${hex(code)}`)
      .join(''),
  'percent-encoded in base64': (text) =>
    base64(
      codes(text)
        .map((code) => `%${hex(code)}`)
        .join(''),
    ),
  'in character references in base64': (text) =>
    base64(
      codes(text)
        .map((code) => `&#${code};`)
        .join(''),
    ),
  'spaced in base64': (text) => base64([...text].join(' ')),
  'in base64 in upper case, in base64': (text) => base64(base64(text).toUpperCase()),
  'in base64 over lines': (text) => base64(base64(text)).replaceAll(/.{16}/g, '$&\r\n'),
  'rotated by thirteen in base64': (text) => base64(spellings['rotated by thirteen']!(text)),
  'in base64 rotated by thirteen': (text) => spellings['rotated by thirteen']!(base64(text)),
  'in base32': base32,
  'in base32 after other text': (text) => base32(`ab${text}xyz`),
  'in base64 and base32': (text) => base32(base64(text)),
  'in Ascii85': (text) => `<~${ascii85(Buffer.from(text))}~>`,
  'in Ascii85 after other text': (text) => `~> <~ab<~${ascii85(Buffer.from(`a ${text}`))}~> ~>`,
  'compressed in Ascii85': (text) => `<~${ascii85(deflateSync(text))}~>`,
  'in bits': (text) => bits(text).join(''),
  'in bits with blanks': (text) => bits(text).join(' '),
  'in bits as a programmer writes them': (text) =>
    bits(text)
      .map((one) => `0b${one}`)
      .join(', '),
  'in gzip and base64': (text) => gzipSync(text).toString('base64'),
  'in gzip and hexadecimal digits': (text) => gzipSync(text).toString('hex'),
  'in zlib and base64': (text) => deflateSync(text).toString('base64'),
  'in Zstandard and base64': (text) => zstdCompressSync(Buffer.from(text)).toString('base64'),
  'in gzip': (text) => gzipSync(text).toString('latin1'),
  'in UTF-7': (text) => `+${base64(wide(text)).replaceAll('=', '')}-`,
  'in UTF-16 of either order': (text) => wide(text).toString('hex'),
  'in UTF-32': (text) => [...text].map((one) => one.charCodeAt(0).toString(16).padStart(8, '0')).join(''),
}

const spellings: Record<string, (text: string) => string> = {
  'as it is': (text) => text,
  'in upper case': (text) => text.toUpperCase(),
  'in lower case': (text) => text.toLowerCase(),
  'with each character percent-encoded': (text) =>
    codes(text)
      .map((code) => `%${hex(code)}`)
      .join(''),
  'percent-encoded three times': (text) =>
    codes(text)
      .map((code) => `%2525${hex(code)}`)
      .join(''),
  'in hexadecimal digits': (text) => Buffer.from(text).toString('hex'),
  'in hexadecimal digits with colons': (text) => codes(text).map(hex).join(':').toUpperCase(),
  'in bytes as a programmer writes them': (text) =>
    codes(text)
      .map((code) => `0x${hex(code)}`)
      .join(', '),
  'in decimal character references': (text) =>
    codes(text)
      .map((code) => `&#${code};`)
      .join(''),
  'in hexadecimal character references': (text) =>
    codes(text)
      .map((code) => `&#x${hex(code)};`)
      .join(''),
  'in escapes of JSON': (text) =>
    codes(text)
      .map((code) => `\\u00${hex(code)}`)
      .join(''),
  'in escapes of C': (text) =>
    codes(text)
      .map((code) => `\\x${hex(code)}`)
      .join(''),
  'in octal escapes': (text) =>
    codes(text)
      .map((code) => `\\${code.toString(8).padStart(3, '0')}`)
      .join(''),
  'in quoted-printable': (text) =>
    codes(text)
      .map((code) => `=${hex(code).toUpperCase()}`)
      .join(''),
  'in decimal numbers': (text) => codes(text).join(' '),
  spaced: (text) => [...text].join(' '),
  'over lines of eight': (text) => text.replaceAll(/.{8}/g, '$&\r\n'),
  'with characters of no width': (text) => [...text].join('\u200b'),
  reversed: (text) => [...text].reverse().join(''),
  'reversed in base64': (text) => Buffer.from([...text].reverse().join('')).toString('base64'),
  'in base64': (text) => Buffer.from(text).toString('base64'),
  'in base64url': (text) => Buffer.from(text).toString('base64url'),
  'in base64 twice': (text) => Buffer.from(Buffer.from(text).toString('base64')).toString('base64'),
  'in UTF-16': (text) => Buffer.from(text, 'utf16le').toString('latin1'),
  'in UTF-16 and hexadecimal digits': (text) => Buffer.from(text, 'utf16le').toString('hex'),
  'in UTF-16 and base64': (text) => Buffer.from(text, 'utf16le').toString('base64'),
  'in base64 and hexadecimal digits': (text) =>
    Buffer.from(Buffer.from(text).toString('base64')).toString('hex'),
  'in hexadecimal digits and base64': (text) =>
    Buffer.from(Buffer.from(text).toString('hex')).toString('base64'),
  'in base64 and reversed': (text) => [...Buffer.from(text).toString('base64')].reverse().join(''),
  'in octal numbers': (text) =>
    codes(text)
      .map((code) => code.toString(8).padStart(3, '0'))
      .join(' '),
  'in octal numbers of different length': (text) =>
    codes(text)
      .map((code) => code.toString(8))
      .join(' '),
  'in escapes of JSON, percent-encoded': (text) =>
    codes(text)
      .map((code) => `%5Cu00${hex(code)}`)
      .join(''),
  'in hexadecimal escapes, percent-encoded twice': (text) =>
    codes(text)
      .map((code) => `%255Cx${hex(code)}`)
      .join(''),
  'in escapes of Python': (text) =>
    codes(text)
      .map((code) => `\\U000000${hex(code)}`)
      .join(''),
  'in escapes of CSS': (text) =>
    codes(text)
      .map((code) => `\\${hex(code)} `)
      .join(''),
  'in long escapes of CSS': (text) =>
    codes(text)
      .map((code) => `\\0000${hex(code)}`)
      .join(''),
  'in names of code points': (text) =>
    codes(text)
      .map((code) => `U+00${hex(code).toUpperCase()} `)
      .join(''),
  'in escapes of Perl': (text) =>
    codes(text)
      .map((code) => `\\x{${hex(code)}}`)
      .join(''),
  'in names of characters': (text) =>
    codes(text)
      .map((code) => `\\N{U+00${hex(code)}}`)
      .join(''),
  'in escapes of octal numbers': (text) =>
    codes(text)
      .map((code) => `\\o{${code.toString(8)}}`)
      .join(''),
  'in octal numbers as a programmer writes them': (text) =>
    codes(text)
      .map((code) => `0o${code.toString(8)}`)
      .join(', '),
  'in calls of SQL': (text) =>
    codes(text)
      .map((code) => `CHAR(${code})`)
      .join(' || '),
  'in a JSON array of characters': (text) => JSON.stringify([...text]),
  'in a JSON object of bytes': (text) => JSON.stringify(new Uint8Array(Buffer.from(text))),
  'in the pieces of a line of a PDF': (text) => `[${[...text].map((one) => `(${one})`).join(' -12.5 ')}] TJ`,
  'in calls of PHP': (text) =>
    codes(text)
      .map((code) => `chr(${code}).`)
      .join(''),
  'in character references with many zeros': (text) =>
    codes(text)
      .map((code) => `&#0000000${code};`)
      .join(''),
  'in character references, escaped twice': (text) =>
    codes(text)
      .map((code) => `&amp;amp;#${code};`)
      .join(''),
  'with references to characters of no width': (text) => [...text].join('&#8203;'),
  'with named references': (text) => [...text].join('&ZeroWidthSpace;'),
  'with escapes of characters of no width': (text) => [...text].join('\\u200b'),
  'over lines of eight, as JSON escapes them': (text) => text.replaceAll(/.{8}/g, '$&\\r\\n'),
  'with each character in a tag': (text) => [...text].map((one) => `<span class="x">${one}</span>`).join(''),
  'with places to break': (text) => [...text].join('<wbr>'),
  'in colours of a terminal': (text) => [...text].map((one) => `\x1b[1;31m${one}\x1b[0m`).join(''),
  'in full width': (text) =>
    codes(text)
      .map((code) => String.fromCharCode(code + 0xfee0))
      .join(''),
  'in bold letters of mathematics': (text) =>
    text.replaceAll(/[a-z]/gi, (letter) =>
      String.fromCodePoint(letter.charCodeAt(0) + (letter < 'a' ? 0x1d400 - 65 : 0x1d41a - 97)),
    ),
  'rotated by thirteen': (text) =>
    text.replaceAll(/[a-z]/gi, (letter) => {
      const start = letter < 'a' ? 65 : 97
      return String.fromCharCode(((letter.charCodeAt(0) - start + 13) % 26) + start)
    }),
}

test.each([...Object.entries(spellings), ...Object.entries(encodings)])(
  'a signature %s is replaced, whole and cut short',
  (_, spell) => {
    for (const part of [signature, signature.slice(0, 84), signature.slice(3, 60), signature.slice(-24)])
      for (const around of [(text: string) => text, (text: string) => `{"detail":"no: ${text} 17"}`]) {
        const clean = redactor.text(around(spell(part)))
        const left = clean.replaceAll(/\$MEMBER_TOKEN…?/g, '').length
        // The outermost characters of base64 depend on what stands beside them.
        const spelled = spell(part).length / part.length
        expect(left - around('').length, clean).toBeLessThanOrEqual(16 * spelled)
      }
  },
)

test('what a signature encodes is replaced in hexadecimal digits and in numbers', () => {
  const bytes = Buffer.from(signature, 'base64url')
  for (const text of [bytes.toString('hex'), [...bytes].join(', '), bytes.toString('base64')])
    expect(redactor.text(`<${text}>`).length).toBeLessThan(40)
})

test('variants of characters are found in the bytes of UTF-8 as well', () => {
  const wide = spellings['in full width']!(signature)
  const clean = redactor.bytes(Buffer.from(`<${wide}>`)).toString()
  expect(clean).toMatch(/^<.{0,20}x{200,}.{0,20}>$/)
})

test('a secret in a stream of a PDF is overwritten, and the stream keeps its length', () => {
  const filler = Buffer.from('<< /Filter /FlateDecode >>\nstream\n')
  const stream = deflateSync(`BT [(${[...signature].join(') 12 (')})] TJ ET`)
  const clean = redactor.bytes(Buffer.concat([filler, stream, filler]))
  expect(clean.length).toBe(filler.length * 2 + stream.length)
  expect([clean.subarray(0, filler.length), clean.subarray(-filler.length)]).toEqual([filler, filler])
  expect(clean.subarray(filler.length, -filler.length).toString()).toMatch(/^x+.{0,4}$/s)
})

test('a secret on a page that ReportLab writes is overwritten, and nothing around the stream', () => {
  const before = '4 0 obj\n<< /Filter [ /ASCII85Decode /FlateDecode ] /Length 200 >>\nstream\n'
  const after = '~>endstream\nendobj\n'
  const page = ascii85(deflateSync(`BT /F1 10 Tf (${signature}) Tj ET`))
  const clean = redactor.bytes(Buffer.from(before + page + after)).toString('latin1')
  expect([clean.length, clean.startsWith(before)]).toEqual([before.length + page.length + after.length, true])
  // The last digits hold the checksum.
  expect(clean.slice(before.length)).toMatch(/^x+.{0,5}~>endstream\nendobj\n$/)
})

test('the bytes of a signature are replaced as Java prints them', () => {
  const bytes = [...new Int8Array(Buffer.from(signature, 'base64url'))].join(', ')
  expect(redactor.text(`[${bytes}]`)).toMatch(/^\[-?\$MEMBER_TOKEN…\]$/)
})

test('what a compressed stream unpacks to is bounded', () => {
  const megabytes = gzipSync(Buffer.alloc(4 * 2 ** 20, ' '))
  const ofBombs = gzipSync(Buffer.concat(Array(1000).fill(megabytes)))
  const bomb = Buffer.concat([gzipSync(Buffer.alloc(64 * 2 ** 20, ' ')), ...Array(20).fill(ofBombs)])
  expect(redactor.bytes(bomb).equals(bomb)).toBe(true)
})

const resembling = [
  'x\x9c',
  '\x1f\x8b\b\b',
  'eHicAA',
  '0',
  'A',
  '") (',
  '&amp;',
  '&#0',
  '%25',
  '\\',
  '<a ',
  '\x1b[1',
  'u+0',
  '<~',
  'stream\n',
  '~>',
  '&a',
]

test.each(sample(3, resembling))('what resembles an escape or an encoding costs linear time: %j', (piece) => {
  expect(redactor.text(piece.repeat(50_000))).toBe(piece.repeat(50_000))
})

test('every run of sixteen characters is replaced, and none of it is left', () => {
  for (let at = token.indexOf('.') + 1; at + 16 <= token.length; at++) {
    const run = token.slice(at, at + 16)
    if (run.includes('.')) continue
    expect(redactor.text(`<${run}>`)).toMatch(/^<\$MEMBER_TOKEN…?>$/)
  }
})

test('the header of a JWT alone is no secret', () => {
  const header = token.slice(0, token.indexOf('.'))
  expect(redactor.text(header)).toBe(header)
})

test('a token with the payload of another is told from it', () => {
  const [header, payload] = token.split('.')
  const both = new Redactor()
  both.learn(token, 'MEMBER_TOKEN')
  const unsigned = `${header}.${payload}.`
  both.learn(unsigned, 'UNSIGNED_TOKEN')
  expect(both.text(`${unsigned} ${token}`)).toBe('$UNSIGNED_TOKEN $MEMBER_TOKEN')
})

test('a secret across the pieces of a long text is replaced', () => {
  const filler = 'lorem ipsum '.repeat(400_000)
  for (const at of [4 * 2 ** 20 - 100, 4 * 2 ** 20 - 128 * 1024 - 10]) {
    const clean = redactor.text(`${filler.slice(0, at)}${token}${filler.slice(at)}`)
    expect(clean.length).toBe(filler.length + '$MEMBER_TOKEN'.length)
  }
})
