import { createHash } from 'node:crypto'
import { isPdf } from '../../catalogue/assertions/assertions.ts'
import type { Check } from '../../catalogue/check.ts'
import type { Redactor } from '../../credentials/redact.ts'
import type { RunContext } from '../../engine/context.ts'
import { SandboxedJudge } from '../../pdf/judge/sandboxed-judge.ts'
import type { Picture } from '../report.ts'
import type { RecordedExchange } from './evidence.ts'

/** More pages than this say the same once more. */
const mostPages = 6

/** Draws the documents that failed checks judged, what is wrong marked on their pages; each document once. */
export class Illustrator implements Disposable {
  readonly #judge = new SandboxedJudge()
  readonly #drawn = new Set<string>()

  /** None where the check is not about the document, or nothing is known of what it must say. */
  async draw(
    { source }: Check,
    exchanges: RecordedExchange[],
    context: RunContext,
    redactor: Redactor,
  ): Promise<Picture[]> {
    const response = exchanges.findLast((exchange) => exchange.response && isPdf(exchange.response))?.response
    const { workspace, foreignOrganizations: foreign } = context.profile
    if (!source.startsWith('report#') || !response || !workspace.organizations) return []
    const name = createHash('sha256').update(response.body).digest('hex')
    if (this.#drawn.has(name)) return []
    this.#drawn.add(name)
    const bytes = redactor.bytes(response.body)
    const judgement = await this.#judge.judge(bytes, {
      organizations: await context.organizations(),
      workspace: { id: workspace.id, ...(workspace.name && { name: workspace.name }) },
      usage: workspace.usage,
      ...(foreign && { foreign }),
    })
    const wrong = new Set(judgement.findings.flatMap(({ page }) => page ?? []))
    const pictures = wrong.size > 0 ? await this.#judge.draw(bytes, judgement) : []
    return pictures
      .filter(({ page }) => wrong.has(page))
      .slice(0, mostPages)
      .map(({ page, png }) => ({ page, png: Buffer.from(png).toString('base64') }))
  }

  [Symbol.dispose](): void {
    this.#judge[Symbol.dispose]()
  }
}
