/**
 * Prism, loaded only by what uses it: the engine takes about a second and 130 MB of memory, what reads contracts a third
 * of that. The build compiles the library into this module, because installing it brings 110 packages and the install
 * script of `@scarf/scarf`.
 */
export const loadPrismEngine = () => import('@stoplight/prism-http')

/** What Prism reads contracts with: `getHttpOperationsFromSpec`, as the engine exports it. */
export const loadPrismReader = () => import('@stoplight/prism-http/dist/utils/operations.js')
