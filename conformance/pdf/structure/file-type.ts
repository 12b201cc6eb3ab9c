import { gunzipSync } from 'node:zlib'
import { longestGunzipped } from '../limits.ts'

const sniffed = 4096

/** What the file is in place of a PDF, by its first bytes; undefined where nothing else is recognized. */
export function recognizeOtherType(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, sniffed).toString('latin1')
  if (start.startsWith('%PDF-')) return undefined
  const words = start.replace(/^\xef\xbb\xbf/, '').trimStart()
  return bySignature(bytes, start) ?? byText(words)
}

function bySignature(bytes: Buffer, start: string): string | undefined {
  if (start.startsWith('\x1f\x8b')) return holdsPdf(bytes) ? 'gzip left on, with a PDF inside' : 'gzip data'
  if (start.startsWith('PK\x03\x04')) return 'a ZIP file'
  if (/^(?:\xfe\xff\0%\0P|\xff\xfe%\0P\0|\0%\0P|%\0P\0)/.test(start)) return 'a PDF written as UTF-16 text'
  if (start.startsWith('\x89PNG')) return 'a PNG picture'
  if (start.startsWith('\xff\xd8\xff')) return 'a JPEG picture'
  if (start.startsWith('\xd0\xcf\x11\xe0')) return 'an old Office document'
  if (start.startsWith('%!PS')) return 'PostScript'
  return undefined
}

function byText(words: string): string | undefined {
  if (/^(?:data:[^,]{0,100};base64,)?JVBERi0/.test(words)) return 'base64'
  if (/^"(?:data:[^,]{0,100};base64,)?JVBERi0/.test(words)) return 'a JSON string with base64'
  if (words.startsWith('"')) return 'a JSON string'
  if (/^\{\s*"type"\s*:\s*"Buffer"/.test(words)) return 'a Buffer written as JSON'
  if (/^\[?\s*37\s*,\s*80\s*,\s*68\s*,\s*70/.test(words)) return 'a list of byte values written as text'
  if (/^\{\s*"0"\s*:\s*37\s*,/.test(words)) return 'a byte array written as a JSON object'
  if (/^25504446/.test(words)) return 'hexadecimal digits'
  if (/^\[object \w+\]/.test(words)) return `the text ${words.slice(0, words.indexOf(']') + 1)}`
  if (/^\{\s*(?:"|\})|^\[\s*(?:[{["\d]|\])/.test(words)) return 'JSON'
  if (/^<!doctype html|^<html|^<(?:head|body|script|div|h1)\b/i.test(words)) return 'an HTML page'
  return words.startsWith('<?xml') ? 'XML' : undefined
}

function holdsPdf(gzipped: Buffer): boolean {
  try {
    return gunzipSync(gzipped, { maxOutputLength: longestGunzipped }).toString('latin1', 0, 5) === '%PDF-'
  } catch {
    return false
  }
}

/** Says in words what a stretch of bytes before the header or after the end is. */
export function describeBytes(bytes: Buffer): string {
  const text = bytes.subarray(0, sniffed).toString('latin1')
  const size = `${bytes.length.toLocaleString('en-US')} byte${bytes.length === 1 ? '' : 's'}`
  if (text === '\xef\xbb\xbf') return 'a UTF-8 byte order mark'
  if (/^\0+$/.test(text)) return `${size} of zeros`
  if (/^\s+$/.test(text)) return `${size} of white space`
  if (/^[0-9a-f]{1,8}\r\n$/i.test(text))
    return `the size line of a chunked transfer (${JSON.stringify(text)})`
  if (/^HTTP\/\d/.test(text)) return `the head of an HTTP answer (${size})`
  if (/^--\S+\r?\n/.test(text)) return `a multipart envelope (${size})`
  const words = text.trimStart()
  if (/^\s*<(?:!doctype|html|body|br|div|b>)/i.test(words)) return `${size} of HTML`
  return /[^\t\n\f\r\x20-\x7e\x80-\xff]/.test(text) ? `${size} of binary data` : `${size} of text`
}
