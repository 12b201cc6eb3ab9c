/** Makes X.509 certificates. The build compiles the library into this module: installing it brings 17 packages. */
export { generate } from 'selfsigned'
