/** A value that a server keeps, alone or together with its replicas. */
export interface Kept<T> {
  /** As of the last `refresh`. Nothing but `change` changes it. */
  current(): T
  /**
   * Resolves with what `change` gives once the changed value is stored. Where another replica was faster, `change` is
   * called again with the newer value. Nothing is stored where it throws.
   */
  change<R>(change: (value: T) => R | Promise<R>): Promise<R>
}

/** A value in the memory of one server. A change is made at once; `changed` is called before it counts as stored. */
export function keptInMemory<T>(current: () => T, changed: () => Promise<unknown> = async () => {}): Kept<T> {
  return {
    current,
    async change(change) {
      const result = await change(current())
      await changed()
      return result
    },
  }
}
