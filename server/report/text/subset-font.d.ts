declare module 'subset-font' {
  /** Keeps all glyphs of a font and pins its axes; the answer is a font file of the target format. */
  export default function subsetFont(
    font: Buffer,
    text: undefined,
    options: { keepAllGlyphs: true; variationAxes: Record<string, number>; targetFormat: 'truetype' },
  ): Promise<Buffer>
}
