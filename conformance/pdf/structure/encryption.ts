import { type Dictionary, Name, PdfString, Stream, type Value } from './values.ts'

/** How the file is encrypted (ISO 32000-2 §7.6). */
export interface Encryption {
  filter: string
  version: number
  revision: number
  keyBits: number
  /** Undefined until pdf.js has tried (`inspectPdf`). */
  opensWithoutPassword: boolean | undefined
}

/** What /Encrypt says. */
export function readEncryption(
  dictionary: Dictionary,
  resolve: (value: Value | undefined) => Value | undefined,
): Encryption {
  const number = (key: string, otherwise: number) => {
    const value = resolve(dictionary.get(key))
    return typeof value === 'number' ? value : otherwise
  }
  const filter = resolve(dictionary.get('Filter'))
  const version = number('V', 0)
  return {
    filter: filter instanceof Name ? filter.value : '',
    version,
    revision: number('R', 0),
    keyBits: version === 5 ? 256 : number('Length', version === 4 ? 128 : 40),
    opensWithoutPassword: undefined,
  }
}

/** A copy without strings, which are the only values that encryption changes; null stands for what is absent (§7.3.9). */
export function withoutStrings(value: Value): Value {
  if (value instanceof PdfString) return null
  if (Array.isArray(value)) return value.map(withoutStrings)
  if (value instanceof Map) return withoutStringsIn(value)
  if (!(value instanceof Stream)) return value
  return new Stream(withoutStringsIn(value.dictionary), value.start, value.number, value.generation)
}

function withoutStringsIn(dictionary: Dictionary): Dictionary {
  return new Map([...dictionary].map(([key, value]) => [key, withoutStrings(value)]))
}
