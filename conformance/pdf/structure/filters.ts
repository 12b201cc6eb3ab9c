import { constants, inflateSync } from 'node:zlib'
import { mostFilters } from '../limits.ts'
import type { Budget } from './budget.ts'
import { undoPredictor } from './predictor.ts'
import { type Dictionary, dictionaryOf, isName, Name, type Value } from './values.ts'

/** `data` undefined: an image format or an unknown filter stands in the way, or the stream is too large. */
export interface Decoded {
  data?: Buffer
  /** Why the data is against its filter, in words. */
  damage?: string
}

const abbreviations: Record<string, string> = {
  Fl: 'FlateDecode',
  AHx: 'ASCIIHexDecode',
  A85: 'ASCII85Decode',
}
const decoders: Record<string, (data: Buffer, budget: Budget) => Decoded> = {
  FlateDecode: inflate,
  ASCIIHexDecode: asciiHex,
  ASCII85Decode: ascii85,
}
const leftAsTheyAre = new Set(
  'DCTDecode JPXDecode CCITTFaxDecode JBIG2Decode RunLengthDecode LZWDecode Crypt DCT CCF RL LZW'.split(' '),
)

/** Undoes a stream's filters (ISO 32000-2 §7.4) within the budget. `resolve` follows references in the dictionary. */
export function decode(
  raw: Buffer,
  dictionary: Dictionary,
  resolve: (value: Value | undefined) => Value | undefined,
  budget: Budget,
): Decoded {
  const filters = listOf(resolve(dictionary.get('Filter'))).map(resolve)
  const parameters = listOf(resolve(dictionary.get('DecodeParms'))).map(resolve)
  let data = raw
  for (const [i, filter] of filters.entries()) {
    if (!(filter instanceof Name)) return { damage: 'its /Filter is not a name' }
    if (i === mostFilters) return { damage: `it has ${filters.length} filters` }
    const decoder = decoders[abbreviations[filter.value] ?? filter.value]
    if (!decoder) return leftAsTheyAre.has(filter.value) ? {} : { damage: `unknown filter /${filter.value}` }
    const step = decoder(data, budget)
    if (!step.data || step.damage) return step
    // Pixels are not looked at, so their predictor stays.
    const isImage = isName(dictionary.get('Subtype'), 'Image')
    data = isImage ? step.data : undoPredictor(step.data, dictionaryOf(parameters[i]), resolve)
  }
  return { data }
}

function listOf(value: Value | undefined): Value[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

function inflate(data: Buffer, budget: Budget): Decoded {
  const maxOutputLength = budget.nextStream
  if (maxOutputLength === 0) {
    budget.reached.add('its streams together unfold to too much')
    return {}
  }
  try {
    return spent(inflateSync(data, { maxOutputLength, chunkSize: chunkFor(data) }), budget)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      budget.addDecoded(maxOutputLength)
      budget.reached.add(
        maxOutputLength === budget.limits.perStream
          ? `a stream unfolds to more than ${Math.floor(maxOutputLength / 2 ** 20)} MB`
          : 'its streams together unfold to too much',
      )
      return {}
    }
    return { ...salvage(data, budget), damage: message }
  }
}

/** What most streams of text unfold to, so that few chunks are to be joined; Node’s own default for small ones. */
const chunkFor = ({ length }: Buffer) => Math.min(1_048_576, Math.max(16_384, 8 * length))

/** What comes out before the damage: enough to go on reading a damaged object stream. */
function salvage(data: Buffer, budget: Budget): Decoded {
  try {
    const options = { maxOutputLength: budget.nextStream, finishFlush: constants.Z_SYNC_FLUSH }
    return spent(inflateSync(data, options), budget)
  } catch {
    return {}
  }
}

function spent(data: Buffer, budget: Budget): Decoded {
  budget.addDecoded(data.length)
  return { data }
}

function asciiHex(data: Buffer): Decoded {
  const text = data.toString('latin1')
  const end = text.indexOf('>')
  const digits = text.slice(0, end < 0 ? undefined : end).replace(/[\0\t\n\f\r ]+/g, '')
  if (/[^0-9a-f]/i.test(digits)) return { damage: 'characters that are no hexadecimal digits' }
  return { data: Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex') }
}

function ascii85(data: Buffer, budget: Budget): Decoded {
  let zeros = 0
  for (const byte of data) if (byte === 0x7a) zeros++
  const size = zeros * 4 + Math.ceil((data.length - zeros) / 5) * 4
  if (size > budget.nextStream) return {}
  const out = Buffer.alloc(size)
  let length = 0
  let group = 0
  let count = 0
  for (const byte of data) {
    if (byte === 0x7e) break
    if (byte === 0x7a && count === 0) length += 4
    else if (byte >= 0x21 && byte <= 0x75) {
      group = group * 85 + byte - 0x21
      if (++count < 5) continue
      length = out.writeUInt32BE(group >>> 0, length)
      group = count = 0
    } else if (byte > 0x20) return { damage: 'characters outside ASCII base-85' }
  }
  if (count > 1) {
    for (let i = count; i < 5; i++) group = group * 85 + 84
    out.writeUInt32BE(group >>> 0, length)
    length += count - 1
  }
  return spent(out.subarray(0, length), budget)
}
