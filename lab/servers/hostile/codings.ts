import {
  brotliCompressSync,
  constants,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib'
import type { HostileServer } from '../declaration.ts'
import { withHeaders } from '../response.ts'

const size = 2 ** 28

/** A quarter of a gigabyte of blanks. Packed before the first request, which would wait for it. */
const blanks = () => Buffer.alloc(size, ' ')

const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }

/** The coding that `Content-Encoding` names, and the body in it. */
const bombs: Record<string, () => Buffer> = {
  deflate: () => deflateSync(blanks()),
  'deflate, without its header': () => deflateRawSync(blanks()),
  br: () => brotliCompressSync(blanks(), quick),
  zstd: () => zstdCompressSync(blanks()),
  'x-gzip': () => gzipSync(blanks()),
  'gzip, gzip': () => gzipSync(gzipSync(blanks())),
  'br, gzip, deflate, gzip': () => gzipSync(deflateSync(gzipSync(brotliCompressSync(blanks(), quick)))),
}

const idOf = (coding: string) => coding.replaceAll(/\W+/g, '-')

/** Responses whose content coding unpacks to a quarter of a gigabyte: of the report, of refusals, of everything. */
export const codings: HostileServer[] = Object.entries(bombs).map(([coding, pack]) => ({
  id: `coding-${idOf(coding)}`,
  title: `sends every response as a quarter of a gigabyte in the coding ${coding}`,
  declare: () => {
    const body = pack()
    return {
      oracle: 'api',
      behaviour: {
        respond: (response) => ({
          ...withHeaders(response, { 'Content-Encoding': coding.replace(/, without.*/, '') }),
          body,
        }),
      },
    }
  },
}))
