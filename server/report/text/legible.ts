/** What stands at one place of a line: something to draw, or the mark of a character that must not act. */
export type Cluster = { text: string; mark?: undefined } | { text: string; mark: string }

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
const plain = /^[\x20-\x7e\u00a0-\u00ac\u00ae-\u00ff]*$/
// Controls, line and paragraph separators, and invisible format characters: bidi overrides, zero widths.
const acting = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/u
// Joiners shape Indic and Arabic words and emoji; the signs of Arabic numbers are visible; tags make flags.
const shaping = /\u200c|\u200d|[\u0600-\u0605\u06dd\u08e2\u{e0020}-\u{e007f}]/u
const spacing = /[\t\n\v\f\r\u0085\u2028\u2029]/
const names: Record<string, string> = {
  '\t': 'TAB',
  '\n': 'LF',
  '\r': 'CR',
  '\r\n': 'CRLF',
  '\u001b': 'ESC',
  '\u007f': 'DEL',
  '\u00ad': 'SHY',
  '\u200b': 'ZWSP',
  '\u200e': 'LRM',
  '\u200f': 'RLM',
  '\u202a': 'LRE',
  '\u202b': 'RLE',
  '\u202c': 'PDF',
  '\u202d': 'LRO',
  '\u202e': 'RLO',
  '\u2066': 'LRI',
  '\u2067': 'RLI',
  '\u2068': 'FSI',
  '\u2069': 'PDI',
  '\ufeff': 'BOM',
}

/** Whether a text needs no clusters: characters of Latin-1 that show. */
export function isPlain(text: string): boolean {
  return plain.test(text)
}

/**
 * A text (NFC) as clusters. A character that would act instead of being read (line break, tab, control,
 * direction override, zero width) becomes a mark: its name to be drawn, and as its text a space where it
 * separated words, nothing elsewhere.
 */
export function clustersOf(text: string): Cluster[] {
  return [...segmenter.segment(text.normalize('NFC').toWellFormed())].flatMap(({ segment }): Cluster[] => {
    if (!acting.test(segment)) return [{ text: segment }]
    if (names[segment]) return [markOf(segment)]
    const clusters: Cluster[] = []
    for (const char of segment) {
      const last = clusters.at(-1)
      if (acting.test(char) && !shaping.test(char)) clusters.push(markOf(char))
      else if (last && last.mark === undefined) last.text += char
      else clusters.push({ text: char })
    }
    return clusters
  })
}

function markOf(char: string): Cluster {
  // A character without a meaning, or with a private one, does no harm as text.
  const text = spacing.test(char) ? ' ' : /\p{Co}|\p{Cn}/u.test(char) ? char : ''
  return { text, mark: names[char] ?? codeOf(char) }
}

/** A character's code point as it is written down: U+202E is `202E`. */
export function codeOf(char: string): string {
  return char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
}
