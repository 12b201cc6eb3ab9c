import { linesOf, readText } from './pdf/text.ts'

/** Each page's lines in reading order, cells separated by tabs. Runs inside the sandbox. */
export async function readLines(bytes: Uint8Array): Promise<string[][]> {
  return (await readText(bytes)).map(linesOf)
}
