/** Simulates an uncaught exception of a deployment: wherever it is thrown, the response is a 500. */
export class Crash extends Error {
  override name = 'Crash'
}
