import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const pieceSize = 1024 * 1024

/**
 * The bytes of a file, pipe or device, of which no more than `most` are read. Throws what the system says, or an Error
 * that says how much may be read.
 */
export function readBoundedFile(path: string, most: number): Buffer {
  const descriptor = openSync(path, 'r')
  try {
    const refusal = () => new Error(`is larger than ${Math.round(most / 2 ** 20)} MiB`)
    if (fstatSync(descriptor).size > most) throw refusal()
    const pieces: Buffer[] = []
    for (let size = 0; ; ) {
      const piece = Buffer.allocUnsafe(pieceSize)
      const count = readSync(descriptor, piece)
      if (count === 0) return Buffer.concat(pieces, size)
      size += count
      if (size > most) throw refusal()
      pieces.push(piece.subarray(0, count))
    }
  } finally {
    closeSync(descriptor)
  }
}
