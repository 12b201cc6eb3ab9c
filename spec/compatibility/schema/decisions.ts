/**
 * Decisions about pairs that refer to each other in cycles: what is being decided is assumed to hold, and what was
 * concluded from an assumption that turns out wrong is forgotten.
 */
export class Decisions {
  private readonly known = new Map<string, boolean>()
  private readonly assumed: string[] = []

  decide(key: string, holds: () => boolean): boolean {
    const known = this.known.get(key)
    if (known !== undefined) return known
    const start = this.assumed.push(key) - 1
    this.known.set(key, true)
    const result = holds()
    if (!result) {
      for (const concluded of this.assumed.splice(start)) this.known.delete(concluded)
      this.known.set(key, false)
    }
    if (start === 0) this.assumed.length = 0
    return result
  }
}
