import { types } from 'node:util'

/** Bytes in any form that JavaScript has for them, whichever sandbox made it; undefined for other values. */
export function bytesOf(value: unknown): Buffer | undefined {
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  return types.isAnyArrayBuffer(value) ? Buffer.from(value) : undefined
}
