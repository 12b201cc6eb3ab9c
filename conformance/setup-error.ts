/** A precondition of a check or a run does not hold, so nothing can be said about the deployment. */
export class SetupError extends Error {
  override name = 'SetupError'
}

/** Every answer so far was a 503 that does not say for how long, as that of a deployment that starts. */
export class NotStartedError extends SetupError {}
