import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../../../spec/make-folder.ts'
import type { Check, CheckId } from '../../catalogue/check.ts'
import type { Redactor } from '../../credentials/redaction/redactor.ts'
import type { CheckResult, Report } from '../report.ts'
import { ContentFiles, type WrittenContent } from './content-files.ts'
import { type RecordedExchange, showExchange } from './evidence.ts'
import { type HarEntry, har, harEntry } from './har.ts'
import { HarFile } from './har-file.ts'
import { readableContent } from './readable-content.ts'

const archiveName = 'exchanges.har'

/**
 * The folder of `--evidence`, all without secrets: the exchanges of each check, all requests as `exchanges.har`, each
 * distinct content once, and the pictures of pages. Whatever was added is there when the process ends early.
 */
export class EvidenceFolder {
  #folder: string
  #tool: Report['tool']
  #archive: HarFile
  #entries = new Map<number, { entry: HarEntry; content: WrittenContent | undefined }>()
  #contents: ContentFiles

  constructor(folder: string, tool: Report['tool']) {
    this.#folder = folder
    this.#tool = tool
    this.#contents = new ContentFiles(folder)
    this.#archive = new HarFile(join(folder, archiveName), tool)
  }

  /** Adds an exchange of a check to the archive, and its content. */
  archive(exchange: RecordedExchange, id: CheckId, redactor: Redactor): WrittenContent | undefined {
    const known = this.#entries.get(exchange.number)
    if (known) {
      const { entry } = known
      if (!entry._checks.includes(id)) known.entry = { ...entry, _checks: [...entry._checks, id] }
      return known.content
    }
    const { response } = exchange
    const readable = response && readableContent(response)
    const content = response && readable && this.#contents.write(response, readable, redactor)
    const entry = harEntry(exchange, id, redactor, readable, content)
    this.#entries.set(exchange.number, { entry, content })
    this.#archive.add(entry)
    return content
  }

  /** Call it as each check ends. */
  add({ id, title }: Check, exchanges: RecordedExchange[], redactor: Redactor): void {
    if (exchanges.length === 0) return
    const written = exchanges.map((exchange) => {
      const content = this.archive(exchange, id, redactor)
      return {
        ...showExchange(exchange, redactor),
        ...(content && { content: content.file }),
        ...(content?.note && { contentNote: content.note }),
      }
    })
    this.#writeJson(`${id}.json`, { id, title, exchanges: written })
  }

  addPictures({ id, pictures = [] }: CheckResult): void {
    for (const { page, png } of pictures) {
      makeFolder(join(this.#folder, 'pages'))
      writeFileSync(join(this.#folder, 'pages', `${id}-${page}.png`), Buffer.from(png, 'base64'))
    }
  }

  /** Writes the archive again, in the order of sending and with every check that shared a request. */
  finish(): void {
    this.#archive[Symbol.dispose]()
    const entries = [...this.#entries.values()].map(({ entry }) => entry)
    this.#writeJson(archiveName, har(this.#tool, entries))
  }

  #writeJson(name: string, value: unknown): void {
    writeFileSync(join(this.#folder, name), `${JSON.stringify(value, null, 2)}\n`)
  }
}
