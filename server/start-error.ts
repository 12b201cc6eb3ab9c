/** The server could not start: a bad option, file or port. `place` is a file, an option or an address. */
export class StartError extends Error {
  override name = 'StartError'
  readonly place: string
  readonly reason: string

  constructor(place: string, reason: string, cause?: unknown) {
    super(`${place}: ${reason}`, { cause })
    this.place = place
    this.reason = reason
  }
}
