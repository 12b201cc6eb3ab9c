import { inspectPdf } from '../inspect.ts'

/**
 * What is wrong with a file but not with its content: bytes before its header or after its end, references that readers
 * repair, damage by re-encoding. One sentence each, with the section of ISO 32000-2.
 */
export async function remarksOf(bytes: Uint8Array): Promise<string[]> {
  const { problems } = await inspectPdf(bytes)
  return problems
    .filter(({ severity }) => severity !== 'note')
    .map(({ message, section }) => `${message} (ISO 32000-2 §${section})`)
}
