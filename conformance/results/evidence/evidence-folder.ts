import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isPdf } from '../../catalogue/assertions/assertions.ts'
import type { Check } from '../../catalogue/check.ts'
import type { Redactor } from '../../credentials/redaction/redactor.ts'
import type { Report } from '../report.ts'
import { type RecordedExchange, showExchange } from './evidence.ts'
import { type HarEntry, har, harEntry } from './har.ts'

/** PDFs are written whole; of anything else, this much shows what it is. */
const maxBytes = 1024 * 1024

/**
 * The folder of `--evidence`, all without secrets: the exchanges of each check, all requests as `exchanges.har`, each
 * distinct content once, and the pictures of pages.
 */
export class EvidenceFolder {
  #folder: string
  #entries = new Map<number, HarEntry>()

  constructor(folder: string) {
    this.#folder = folder
    mkdirSync(join(folder, 'content'), { recursive: true })
  }

  /** Call it as each check ends. */
  add({ id, title }: Check, exchanges: RecordedExchange[], redactor: Redactor): void {
    if (exchanges.length === 0) return
    const written = exchanges.map((exchange) => {
      const content = this.#writeContent(exchange, redactor)
      this.#archive(exchange, id, redactor, content)
      return { ...showExchange(exchange), ...(content && { content }) }
    })
    this.#writeJson(`${id}.json`, redactor.data({ id, title, exchanges: written }))
  }

  /** Call it when the run has ended. */
  finish({ tool, checks }: Report): void {
    this.#writeJson('exchanges.har', har(tool, [...this.#entries.values()]))
    for (const { id, pictures = [] } of checks)
      for (const { page, png } of pictures) {
        mkdirSync(join(this.#folder, 'pages'), { recursive: true })
        writeFileSync(join(this.#folder, 'pages', `${id}-${page}.png`), Buffer.from(png, 'base64'))
      }
  }

  #archive(exchange: RecordedExchange, id: string, redactor: Redactor, content?: string): void {
    const known = this.#entries.get(exchange.number)
    const entry = known
      ? { ...known, _checks: [...known._checks, id] }
      : redactor.data(harEntry(exchange, id, (text) => redactor.text(text), content))
    this.#entries.set(exchange.number, entry)
  }

  #writeContent({ response }: RecordedExchange, redactor: Redactor): string | undefined {
    if (!response || response.body.length === 0) return undefined
    const name = createHash('sha256').update(response.body).digest('hex').slice(0, 16)
    const content = `content/${name}.${isPdf(response) ? 'pdf' : 'bin'}`
    const bytes = redactor.bytes(response.body)
    writeFileSync(join(this.#folder, content), isPdf(response) ? bytes : bytes.subarray(0, maxBytes))
    return content
  }

  #writeJson(name: string, value: unknown): void {
    writeFileSync(join(this.#folder, name), `${JSON.stringify(value, null, 2)}\n`)
  }
}
