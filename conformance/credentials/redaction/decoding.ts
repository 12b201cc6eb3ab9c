/** Text that another text encodes. */
export interface Decoding {
  text: string
  /** Where the characters `from` to `to` (exclusive) are written in the other text: start, and end (exclusive). */
  sourceOf(from: number, to: number): [start: number, end: number]
  /** Whether escapes were replaced: they are not looked for again. */
  isUnescaped?: true
}
