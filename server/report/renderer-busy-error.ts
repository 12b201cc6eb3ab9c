/** All threads are busy and the queue is full: try again later. */
export class RendererBusyError extends Error {
  override name = 'RendererBusyError'
  readonly retryAfterSeconds = 1

  constructor() {
    super('too many reports are being rendered')
  }
}
