/** A precondition of a check or a run does not hold, so nothing can be said about the deployment. */
export class SetupError extends Error {
  override name = 'SetupError'
}
