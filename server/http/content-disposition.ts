import { create } from 'content-disposition'

/**
 * `attachment` with a `filename` in ASCII and, where the name has other characters, `filename*`
 * (RFC 6266, RFC 8187). `stem` may hold anything; `asciiStem` stands in where nothing of it is ASCII.
 */
export function attachment(stem: string, asciiStem: string, suffix: string): string {
  const name = portable(stem) || asciiStem
  const ascii = portable(
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/[^\x20-\x7e]+/g, ' '),
  )
  return create(`${name}${suffix}`, { fallback: `${ascii || asciiStem}${suffix}` })
}

// What file systems refuse, and what would let a name lie about its direction (Unicode TR #36).
function portable(name: string): string {
  return name
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\uFEFF"*/:<>?\\|%]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[ .]+|(?<![ .])[ .]+$/g, '')
}
