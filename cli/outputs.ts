import { accessSync, constants, existsSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
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
    if (file) assertWritable(file)
    return [...previous, { format, ...(file && { file }) }]
  })
}

/** Asked before the work: a run of minutes must not end with a file that cannot be written. */
function assertWritable(file: string): void {
  try {
    accessSync(existsSync(file) ? file : `${dirname(file)}/`, constants.W_OK)
  } catch (error) {
    throw new InvalidArgumentError(`${file} cannot be written (${(error as Error).message}).`)
  }
}

/**
 * Renders a result once for each output. Colour only goes to a terminal, and not where `NO_COLOR` is set. Throws what
 * could not be written after everything else was.
 */
export function writeOutputs<Result>(formats: FormatTable<Result>, outputs: Output[], result: Result): void {
  const failures: string[] = []
  for (const { format, file } of outputs) {
    const color = !file && process.stdout.isTTY === true && !process.env.NO_COLOR
    const text = formats[format]!.render(result, { color })
    if (!file) process.stdout.write(text)
    else {
      try {
        writeFileSync(file, text)
      } catch (error) {
        failures.push(`--reporter ${format}=${file}: ${(error as Error).message}`)
      }
    }
  }
  if (failures.length > 0) throw new Error(failures.join('\n'))
}
