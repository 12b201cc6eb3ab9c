/** Redocly's linter. The build compiles the library into this module: installed, it takes 23 MB, compiled in, one. */
export {
  BaseResolver,
  createConfig,
  lintDocument,
  loadConfig,
  Source,
} from '@redocly/openapi-core'
