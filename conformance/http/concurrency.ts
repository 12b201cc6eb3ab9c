/** Runs the task on every item, at most `width` at once; results are in the order of the items. */
export async function mapConcurrently<T, R>(
  items: T[],
  width: number,
  task: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  const queue = items.entries()
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const [index, item] of queue) results[index] = await task(item)
    }),
  )
  return results
}
