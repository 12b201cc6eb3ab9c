/** An operation of which one runs at a time: all calls while it runs share the next run. */
export function coalesce(operation: () => Promise<void>): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  let next: Promise<void> | undefined
  return () => {
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined
        const run = operation()
        running = run
        return run
      })
    return next
  }
}
