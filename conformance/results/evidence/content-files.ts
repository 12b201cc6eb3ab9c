import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../../../spec/make-folder.ts'
import { isPdf } from '../../catalogue/assertions/assertions.ts'
import type { Redactor } from '../../credentials/redaction/redactor.ts'
import type { ReceivedResponse } from '../../http/response.ts'
import type { ReadableContent } from './readable-content.ts'

const MiB = 2 ** 20

/** A longer document is no report: like other contents it is written in part, since finding secrets takes time. */
export const longestDocument = 8 * MiB

/** So many bytes show what a content is. */
const excerpt = MiB

/** Where a content lies, relative to the folder of evidence. */
export interface WrittenContent {
  file: string
  /** How the file differs from what was received, with the digest of that; absent where only secrets are replaced. */
  note?: string
}

/** The contents of a run without secrets, each distinct one in a file. */
export class ContentFiles {
  #folder: string
  #written = new Map<string, WrittenContent>()

  constructor(folder: string) {
    this.#folder = folder
    makeFolder(join(folder, 'content'))
  }

  /** Undefined of a response without content. */
  write(
    response: ReceivedResponse,
    { body, note }: ReadableContent,
    redactor: Redactor,
  ): WrittenContent | undefined {
    if (response.body.length === 0) return undefined
    const digest = createHash('sha256').update(response.body).digest('hex')
    const known = this.#written.get(digest)
    if (known) return known
    const isDocument = isPdf({ body })
    const size = Math.min(
      body.length,
      isDocument && body.length <= longestDocument ? longestDocument : excerpt,
    )
    const notes = [
      ...(note ? [note] : []),
      ...(size < body.length ? [`the last ${body.length - size} of ${body.length} bytes are left out`] : []),
    ]
    const written: WrittenContent = {
      file: `content/${digest.slice(0, 16)}.${isDocument ? 'pdf' : 'bin'}`,
      ...(notes.length > 0 && { note: [...notes, `SHA-256 of what was received: ${digest}`].join('; ') }),
    }
    writeFileSync(join(this.#folder, written.file), redactor.bytes(body, size))
    this.#written.set(digest, written)
    return written
  }
}
