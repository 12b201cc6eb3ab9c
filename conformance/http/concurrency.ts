/**
 * Runs the task on every item, at most `width` at once, and one at a time from when `isHeavy` says so; results are in the
 * order of the items.
 */
export async function mapConcurrently<T, R>(
  items: T[],
  width: number,
  task: (item: T) => Promise<R>,
  isHeavy: () => boolean = () => false,
): Promise<R[]> {
  const results: R[] = []
  const queue = items.entries()
  await Promise.all(
    Array.from({ length: width }, async (_, worker) => {
      for (const [index, item] of queue) {
        results[index] = await task(item)
        if (worker > 0 && isHeavy()) return
      }
    }),
  )
  return results
}
