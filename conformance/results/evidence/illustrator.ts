import { createHash } from 'node:crypto'
import { isPdf } from '../../catalogue/assertions/assertions.ts'
import type { Check } from '../../catalogue/check.ts'
import type { Redactor } from '../../credentials/redaction/redactor.ts'
import type { RunContext } from '../../engine/context.ts'
import type { Picture } from '../report.ts'
import { longestDocument } from './content-files.ts'
import type { RecordedExchange } from './evidence.ts'

/** Further pages would only repeat what these show. */
const maxPages = 6

/** Draws the documents that checks judged, with the findings or what could not be decided marked on the pages; each once. */
export class Illustrator {
  readonly #drawn = new Set<string>()

  /** Empty where the check is not about what the document says, or the profile does not give what it must say. */
  async draw(
    { source }: Check,
    exchanges: RecordedExchange[],
    context: RunContext,
    redactor: Redactor,
  ): Promise<Picture[]> {
    const response = exchanges.findLast((exchange) => exchange.response && isPdf(exchange.response))?.response
    const { operation, profile } = context
    const isAboutContent = source.startsWith(`${operation.statements}#`)
    if (!isAboutContent || !response || !profile.workspace.organizations) return []
    if (response.body.length > longestDocument) return []
    const name = createHash('sha256').update(response.body).digest('hex')
    if (this.#drawn.has(name)) return []
    this.#drawn.add(name)
    const bytes = redactor.bytes(response.body)
    const judgement = await context.documents.judge(
      bytes,
      operation.expectationOf(profile, await context.organizations()),
    )
    const { findings, competing } = judgement
    const marked = new Set([...findings, ...(competing?.disputed ?? [])].flatMap(({ page }) => page ?? []))
    const pictures = marked.size > 0 ? await context.documents.draw(bytes, judgement) : []
    return pictures
      .filter(({ page }) => marked.has(page))
      .slice(0, maxPages)
      .map(({ page, png }) => ({ page, png: Buffer.from(png).toString('base64') }))
  }
}
