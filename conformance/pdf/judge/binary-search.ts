/** The first place in a range for which something does not hold, where all for which it holds come before it. */
export function firstBeyond([low, high]: [from: number, to: number], holds: (at: number) => boolean): number {
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) low = middle + 1
    else high = middle
  }
  return low
}
