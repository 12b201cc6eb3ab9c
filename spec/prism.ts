/**
 * Prism's engine. Loaded only by what uses it: it takes about a second and 130 MB of memory. The build compiles the
 * library into this module, because installing it brings 110 packages and the install script of `@scarf/scarf`.
 */
export { createInstance, getHttpOperationsFromSpec } from '@stoplight/prism-http'
