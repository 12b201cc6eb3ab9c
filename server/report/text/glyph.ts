/** A glyph in drawing order, lengths in 1/1000 em. `text`: the characters it stands for when read back. */
export interface Glyph {
  id: number
  text: string
  advance: number
  /** The advance that the font's own width table gives; `advance` differs by kerning. */
  width: number
  dx: number
  dy: number
}
