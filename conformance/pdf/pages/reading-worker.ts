import { PDFWorker } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** What one half of pdf.js posts to the other; `chunk` is a part of what it streams. */
interface Message {
  chunk?: { fnArray?: unknown[]; argsArray?: unknown[] }
}

type Listener = (event: { data: Message }) => void

/**
 * The channel between the halves of pdf.js, which both run in this thread: one port for both, since messages say whom
 * they are for. The channel that pdf.js makes by itself clones every message; operators, an object for each glyph of a
 * page among them, are only read, and shared instead.
 */
class ReadingPort {
  readonly #listeners = new Set<Listener>()

  postMessage(message: Message, transfer?: Transferable[]): void {
    const data = withOperators(message) ?? structuredClone(message, { transfer: transfer ?? [] })
    queueMicrotask(() => {
      for (const listener of this.#listeners) listener({ data })
    })
  }

  addEventListener(_name: 'message', listener: Listener, { signal }: { signal?: AbortSignal } = {}): void {
    this.#listeners.add(listener)
    signal?.addEventListener('abort', () => this.#listeners.delete(listener))
  }
}

/** A message with operators, in lists of its own: pdf.js empties both and fills them again. */
function withOperators(message: Message): Message | undefined {
  const { fnArray, argsArray } = message.chunk ?? {}
  if (!fnArray || !argsArray) return undefined
  return { ...message, chunk: { ...message.chunk, fnArray: [...fnArray], argsArray: [...argsArray] } }
}

/** A worker of pdf.js for a document that is read and never drawn: drawing changes operators. */
export async function readingWorker(): Promise<PDFWorker> {
  const { WorkerMessageHandler } = await import('pdfjs-dist/legacy/build/pdf.worker.mjs')
  const port = new ReadingPort()
  WorkerMessageHandler.initializeFromPort(port)
  return PDFWorker.create({ port: port as unknown as Worker, verbosity: 0 })
}
