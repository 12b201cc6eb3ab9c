/** An exception that a deployment fails to catch: answered 500, wherever it is thrown. */
export class Crash extends Error {
  override name = 'Crash'
}
