/**
 * The body of a response, of which no more than `most` bytes are read; undefined where it is larger. What comes after
 * decompression is counted, since that takes memory.
 */
export async function readBoundedBody(response: Response, most: number): Promise<Buffer | undefined> {
  const pieces: Uint8Array[] = []
  let size = 0
  // Of the two declarations of web streams in the program, the DOM's knows no iteration.
  const body = response.body as AsyncIterable<Uint8Array> | null
  for await (const piece of body ?? []) {
    size += piece.length
    if (size > most) return undefined
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
