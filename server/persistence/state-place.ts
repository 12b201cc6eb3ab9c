/** Whether a place of the state is a server, which other processes may use as well, and no file. */
export function isRedisUrl(place: string): boolean {
  return /^(redis|valkey)s?:\/\//.test(place)
}

/** What `--state` names: a file, or a Redis or Valkey by its URL. */
export function readStatePlace(place: string): { redisUrl: string } | { stateFile: string } {
  return isRedisUrl(place) ? { redisUrl: place } : { stateFile: place }
}
