import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../../../spec/make-folder.ts'
import { isPdf } from '../../catalogue/assertions/assertions.ts'
import type { Check, CheckId } from '../../catalogue/check.ts'
import type { Redactor } from '../../credentials/redaction/redactor.ts'
import type { CheckResult, Report } from '../report.ts'
import { type RecordedExchange, showExchange } from './evidence.ts'
import { type HarEntry, har, harEntry } from './har.ts'
import { HarFile } from './har-file.ts'

/** PDFs are written whole; of anything else, this much shows what it is. */
const maxBytes = 1024 * 1024

const archiveName = 'exchanges.har'

/**
 * The folder of `--evidence`, all without secrets: the exchanges of each check, all requests as `exchanges.har`, each
 * distinct content once, and the pictures of pages. Whatever was added is there when the process ends early.
 */
export class EvidenceFolder {
  #folder: string
  #tool: Report['tool']
  #archive: HarFile
  #entries = new Map<number, { entry: HarEntry; content: string | undefined }>()
  /** The files of contents by their digest. */
  #contents = new Map<string, string>()

  constructor(folder: string, tool: Report['tool']) {
    this.#folder = folder
    this.#tool = tool
    makeFolder(join(folder, 'content'))
    this.#archive = new HarFile(join(folder, archiveName), tool)
  }

  /** Adds an exchange of a check to the archive, and its content. Returns where the content is. */
  archive(exchange: RecordedExchange, id: CheckId, redactor: Redactor): string | undefined {
    const known = this.#entries.get(exchange.number)
    if (known) {
      const { entry } = known
      if (!entry._checks.includes(id)) known.entry = { ...entry, _checks: [...entry._checks, id] }
      return known.content
    }
    const content = this.#writeContent(exchange, redactor)
    const entry = redactor.data(harEntry(exchange, id, redactor, content))
    this.#entries.set(exchange.number, { entry, content })
    this.#archive.add(entry)
    return content
  }

  /** Call it as each check ends. */
  add({ id, title }: Check, exchanges: RecordedExchange[], redactor: Redactor): void {
    if (exchanges.length === 0) return
    const written = exchanges.map((exchange) => {
      const content = this.archive(exchange, id, redactor)
      return { ...showExchange(exchange, redactor), ...(content && { content }) }
    })
    this.#writeJson(`${id}.json`, redactor.data({ id, title, exchanges: written }))
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

  #writeContent({ response }: RecordedExchange, redactor: Redactor): string | undefined {
    const body = response?.body
    if (!response || !body || body.length === 0) return undefined
    const digest = createHash('sha256').update(body).digest('hex')
    const known = this.#contents.get(digest)
    if (known) return known
    const content = `content/${digest.slice(0, 16)}.${isPdf(response) ? 'pdf' : 'bin'}`
    const bytes = redactor.bytes(body, isPdf(response) ? body.length : maxBytes)
    writeFileSync(join(this.#folder, content), bytes)
    this.#contents.set(digest, content)
    return content
  }

  #writeJson(name: string, value: unknown): void {
    writeFileSync(join(this.#folder, name), `${JSON.stringify(value, null, 2)}\n`)
  }
}
