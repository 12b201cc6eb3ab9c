/** How a result is rendered for where it goes. */
export interface RenderOptions {
  /** Whether escape sequences for colour may be used. */
  color: boolean
}

/** A format of `--reporter`. */
export interface OutputFormat<Result> {
  /** The whole text of an output, with its last line break. */
  render(result: Result, options: RenderOptions): string
  /** What a CI job does with the format (`gate --reports`); absent: nothing. */
  pipeline?: {
    /** Its file in the folder of reports; absent: standard output. */
    file?: string
    /** The environment variable that is `true` where the format is of use; absent: everywhere. */
    environment?: 'GITHUB_ACTIONS' | 'GITLAB_CI'
  }
}

/**
 * Formats by the name that `--reporter` takes: `verifyFormats`, `planFormats`, `judgeFormats`, `gateFormats`. Nothing
 * else lists formats; option parsers, `--help` and CI read these tables.
 */
export type FormatTable<Result> = Record<string, OutputFormat<Result>>

/** One output of a run: a format's name and the file to write; without a file, standard output. */
export interface Output {
  format: string
  file?: string
}
