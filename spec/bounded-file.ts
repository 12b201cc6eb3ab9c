import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const pieceSize = 1024 * 1024

export const notThere = 'no such file'

/** What the system's codes mean to whoever named the file. */
const reasons: Record<string, string> = {
  ENOENT: notThere,
  EISDIR: 'a directory, expected a file',
  EACCES: 'may not be read',
}

/** The bytes of a file, pipe or device, of which no more than `most` are read. Throws an Error with the reason alone. */
export function readBoundedFile(path: string, most: number): Buffer {
  try {
    return readAtMost(path, most)
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    throw new Error(reasons[code] ?? message, { cause: error })
  }
}

function readAtMost(path: string, most: number): Buffer {
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
