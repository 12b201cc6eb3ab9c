import { createRequire } from 'node:module'
import { keysOf } from './pointer.ts'

const require = createRequire(import.meta.url)

/** The contract cannot be used. The message names the file, the line where it is known, and the reason. */
export class ContractError extends Error {
  readonly file: string
  readonly line: number | undefined
  readonly reason: string

  constructor(file: string, line: number | undefined, reason: string) {
    super(`${file}${line ? `:${line}` : ''}: ${reason}`)
    this.name = 'ContractError'
    this.file = file
    this.line = line
    this.reason = reason
  }
}

/** The line (from 1) of the value at a JSON pointer (RFC 6901), or of its nearest existing ancestor. */
export const lineOf = (source: string, pointer: string): number | undefined => linesOf(source)(pointer)

/** Finds lines as {@link lineOf} does, for many pointers into one source. */
export function linesOf(source: string): (pointer: string) => number | undefined {
  // Most processes that import this file find no error.
  const { LineCounter, parseDocument } = require('yaml') as typeof import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines })
  return (pointer) => {
    const keys = keysOf(pointer)
    for (let depth = keys.length; depth >= 0; depth--) {
      const node = document.getIn(keys.slice(0, depth), true) as
        | { range?: [number, number, number] }
        | undefined
      if (node?.range) return lines.linePos(node.range[0]).line
    }
    return undefined
  }
}
