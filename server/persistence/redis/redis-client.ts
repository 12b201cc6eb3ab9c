/** The client of Redis and Valkey. The build compiles the library into this module: 11 MB become a tenth of that. */
export { createClient } from '@redis/client'
