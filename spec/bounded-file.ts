import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'

const pieceSize = 1024 * 1024

export const notThere = 'no such file'

/** What the system's codes mean to whoever named the file. */
const reasons: Record<string, string> = {
  ENOENT: notThere,
  EISDIR: 'a directory, expected a file',
  EACCES: 'may not be read',
}

/** The bytes of a file, pipe or device, of which no more than `most` are read. Throws an Error with the reason alone. */
export const readBoundedFile = (path: string, most: number): Buffer => inWords(() => readAtMost(path, most))

/** As {@link readBoundedFile}, of a file that nobody named as a pipe or device: waits for neither, and refuses them. */
export const readRegularFile = (path: string, most: number): Buffer =>
  inWords(() => readAtMost(path, most, { isRegular: true }))

function inWords(read: () => Buffer): Buffer {
  try {
    return read()
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    throw new Error(reasons[code] ?? message, { cause: error })
  }
}

/** The text of a file, which has no more than `most` bytes ({@link decodeText}). Throws an Error with the reason alone. */
export const readBoundedText = (path: string, most: number): string => decodeText(readBoundedFile(path, most))

/**
 * Text in UTF-8, or in UTF-16 where a byte order mark says so, as PowerShell's redirections write it; without the mark.
 * Throws an Error with the reason alone.
 */
export function decodeText(bytes: Buffer): string {
  const mark = bytes.toString('hex', 0, 2)
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new Error('no text in UTF-8 or UTF-16', { cause })
  }
}

function readAtMost(path: string, most: number, { isRegular = false } = {}): Buffer {
  // Opened so, a pipe is not waited for. Windows has neither the flag nor such pipes.
  const nonBlocking = isRegular ? (constants.O_NONBLOCK ?? 0) : 0
  const descriptor = openSync(path, constants.O_RDONLY | nonBlocking)
  try {
    const file = fstatSync(descriptor)
    if (isRegular && !file.isFile() && !file.isDirectory()) throw new Error('is no regular file')
    const refusal = () => new Error(`is larger than ${Math.round(most / 2 ** 20)} MiB`)
    if (file.size > most) throw refusal()
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
