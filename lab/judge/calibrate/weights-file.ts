/** The source of the weights file with these values. Throws where a weight has no line of its own. */
export function withWeights(source: string, values: Record<string, number>): string {
  return Object.entries(values).reduce((text, [name, value]) => {
    const line = new RegExp(`^  ${name}: [-\\d._]+,$`, 'm')
    if (!line.test(text)) throw new Error(`no line of the weights file sets ${name}`)
    return text.replace(line, `  ${name}: ${value},`)
  }, source)
}
