/**
 * The function with its answers kept: for the last `most` questions at least, and for never more than twice as many.
 * The same texts stand in a report again and again, among any number of names that stand there once.
 */
export function remembered<Question, Answer extends NonNullable<unknown>>(
  answer: (question: Question) => Answer,
  most: number,
): (question: Question) => Answer {
  let recent = new Map<Question, Answer>()
  let older = new Map<Question, Answer>()
  return (question) => {
    const known = recent.get(question)
    if (known !== undefined) return known
    const found = older.get(question) ?? answer(question)
    if (recent.size === most) {
      older = recent
      recent = new Map()
    }
    recent.set(question, found)
    return found
  }
}
