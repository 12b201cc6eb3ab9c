import { writeFileSync } from 'node:fs'
import { InvalidArgumentError, Option } from 'commander'
import type { FormatTable, Output } from '../conformance/results/formats/output-format.ts'

/** Where results go without `--reporter`. */
export const defaultOutputs: Output[] = [{ format: 'pretty' }]

/** `--reporter` of a command that writes these formats. */
export function reporterOption(formats: FormatTable<never>): Option {
  const names = Object.keys(formats).join(', ')
  return new Option(
    '--reporter <name[=file]>',
    `${names}; to standard output without a file (repeatable)`,
  ).argParser((text, previous: Output[] = []) => {
    const [format = '', file] = text.split(/=(.*)/s)
    if (!Object.hasOwn(formats, format)) throw new InvalidArgumentError(`One of ${names} is needed.`)
    return [...previous, { format, ...(file && { file }) }]
  })
}

/** Renders a result once for each output. Colour only goes to a terminal, and not where `NO_COLOR` is set. */
export function writeOutputs<Result>(formats: FormatTable<Result>, outputs: Output[], result: Result): void {
  for (const { format, file } of outputs) {
    const color = !file && process.stdout.isTTY === true && !process.env.NO_COLOR
    const text = formats[format]!.render(result, { color })
    if (file) writeFileSync(file, text)
    else process.stdout.write(text)
  }
}
