/** How a result is rendered for where it goes. */
export interface RenderOptions {
  /** Whether escape sequences for colour may be used. */
  color: boolean
}

/**
 * A format of `--reporter`. The tables `verifyFormats`, `planFormats`, `judgeFormats` and `gateFormats` are the only
 * lists of them: option parsers, `--help` and CI read those.
 */
export interface OutputFormat<Result> {
  /** As `--reporter` takes it. */
  name: string
  /** The whole text of the output, its last line break included. */
  render(result: Result, options: RenderOptions): string
  /** What a CI job does with it (`gate --reports`); absent: nothing. */
  inPipeline?: {
    /** Its file in the folder of reports; absent: standard output. */
    file?: string
    /** The environment variable that is `true` where the format is of use; absent: everywhere. */
    where?: 'GITHUB_ACTIONS' | 'GITLAB_CI'
  }
}
