import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isPdf } from './assertions.ts'
import type { Check } from './check.ts'
import { type RecordedExchange, showExchange } from './evidence.ts'
import type { Redactor } from './redact.ts'

/** Writes each check's exchanges below a folder, and each distinct content once, all without secrets. */
export class EvidenceFolder {
  #folder: string

  constructor(folder: string) {
    this.#folder = folder
    mkdirSync(join(folder, 'content'), { recursive: true })
  }

  add({ id, title }: Check, exchanges: RecordedExchange[], redactor: Redactor): void {
    if (exchanges.length === 0) return
    const written = exchanges.map((exchange) => ({
      ...showExchange(exchange),
      ...this.#writeContent(exchange, redactor),
    }))
    const text = JSON.stringify(redactor.data({ id, title, exchanges: written }), null, 2)
    writeFileSync(join(this.#folder, `${id}.json`), `${text}\n`)
  }

  #writeContent({ answer }: RecordedExchange, redactor: Redactor): { content?: string } {
    if (!answer || answer.body.length === 0) return {}
    const name = createHash('sha256').update(answer.body).digest('hex').slice(0, 16)
    const content = `content/${name}.${isPdf(answer) ? 'pdf' : 'bin'}`
    writeFileSync(join(this.#folder, content), redactor.bytes(answer.body))
    return { content }
  }
}
