import { constants, inflateRawSync, zstdDecompressSync } from 'node:zlib'
import type { Decoding } from './decoding.ts'

/** How many bytes are inflated of a text, streams within streams included, and how many places are tried. */
export class InflationBudget {
  bytes = 32 * 2 ** 20
  tries = 10_000
}

/** Of one stream. */
const mostBytes = 8 * 2 ** 20

type Inflate = (bytes: Buffer, options: object) => { buffer: Buffer; engine: { bytesWritten: number } }

interface Format {
  header: RegExp
  /** Whether the header is part of what is inflated. */
  isOwn: boolean
  inflate: Inflate
  finishFlush: number
}

// With `info`, which Node's types leave out, these functions tell how many bytes they read.
const deflate = { inflate: inflateRawSync as unknown as Inflate, finishFlush: constants.Z_SYNC_FLUSH }
const zstd = { inflate: zstdDecompressSync as unknown as Inflate, finishFlush: constants.ZSTD_e_flush }

/** gzip (RFC 1952 §2.3), zlib (RFC 1950 §2.2) and Zstandard (RFC 8878 §3.1.1). Brotli has nothing to know it by. */
const formats: Format[] = [
  {
    header: /\x1f\x8b\x08(?:[\0\x01].{6}|[\x08\x09].{6}[^\0]{0,255}\0)/gs,
    isOwn: false,
    ...deflate,
  },
  { header: /\x78[\x01\x5e\x9c\xda]/g, isOwn: false, ...deflate },
  { header: /\x28\xb5\x2f\xfd/g, isOwn: true, ...zstd },
]

/** Most texts have none of the headers. */
const mayBeCompressed = new RegExp(formats.map(({ header }) => header.source).join('|'), 's')

/** What the compressed streams in a text of bytes (ISO 8859-1) hold; any part of it is written in all of the stream. */
export function* inflatedIn(text: string, budget: InflationBudget): Generator<Decoding> {
  if (!mayBeCompressed.test(text)) return
  let bytes: Buffer | undefined
  for (const { header, isOwn, inflate, finishFlush } of formats)
    for (const { 0: found, index } of text.matchAll(header)) {
      if (budget.bytes <= 0 || --budget.tries < 0) return
      const start = isOwn ? index : index + found.length
      const maxOutputLength = Math.min(budget.bytes, mostBytes)
      try {
        bytes ??= Buffer.from(text, 'latin1')
        const { buffer, engine } = inflate(bytes.subarray(start), {
          maxOutputLength,
          finishFlush,
          info: true,
        })
        budget.bytes -= buffer.length
        const end = start + engine.bytesWritten
        yield { text: buffer.toString('latin1'), sourceOf: () => [index, end] }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') budget.bytes -= maxOutputLength
      }
    }
}
